import { type FormEvent, StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { type Client, Provider } from "urql";

import { clientOf } from "./client";
import { Overdue } from "./Overdue";

function Page() {
  const [client, setClient] = useState<Client>();

  function enter(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const token = new FormData(event.currentTarget).get("token");
    setClient(clientOf("kursk", String(token)));
  }

  if (client) {
    return (
      <Provider value={client}>
        <Overdue />
      </Provider>
    );
  }
  return (
    <form onSubmit={enter}>
      <h1>Просроченные обращения</h1>
      <label>
        Токен <input name="token" type="password" required autoComplete="off" />
      </label>{" "}
      <button type="submit">Войти</button>
    </form>
  );
}

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
