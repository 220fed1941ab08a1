import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import "graphiql/style.css";

const { title, operations } = JSON.parse(document.getElementById("operations").textContent);
const code = location.pathname.split("/").at(-2);
const token =
  new URLSearchParams(location.hash.slice(1)).get("token") ?? sessionStorage.getItem(`${code}:token`);
if (token) sessionStorage.setItem(`${code}:token`, token);
const authorization = token ? { Authorization: `Bearer ${token}` } : {};
const headers = token ? JSON.stringify(authorization, null, 2) : undefined;
const fetcher = createGraphiQLFetcher({ url: location.pathname, headers: authorization });
const tabs = operations.map((operation) => ({ ...operation, headers }));
const storage = {
  getItem: (key) => localStorage.getItem(`${code}:${key}`),
  setItem: (key, value) => localStorage.setItem(`${code}:${key}`, value),
  removeItem: (key) => localStorage.removeItem(`${code}:${key}`),
  clear: () => localStorage.clear(),
  get length() {
    return localStorage.length;
  },
};

document.title = title;
history.replaceState(null, "", location.pathname);
createRoot(document.getElementById("graphiql")).render(
  <GraphiQL
    fetcher={fetcher}
    storage={storage}
    defaultTabs={tabs}
    defaultHeaders={headers}
    defaultEditorToolsVisibility="variables"
    inputValueDeprecation
  />,
);
