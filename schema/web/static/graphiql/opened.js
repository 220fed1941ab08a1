// Операция, которую назвал адрес, открывается своей вкладкой рядом с теми, что уже были.
const { opened } = JSON.parse(document.getElementById("operations").textContent);
const kept = (name) => `${location.pathname.split("/").at(-2)}:graphiql:${name}`;
if (opened) {
  localStorage.setItem(kept("query"), opened.query);
  localStorage.setItem(kept("variables"), opened.variables);
  localStorage.removeItem(kept("headers"));
}
