// PostGraphile as its manual sets it up for production. Arguments: database URL, port, connections.
import "./node20.mjs";
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const [url, port, connections] = process.argv.slice(2);
const preset = {
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      connectionString: url,
      schemas: ["public", "bench"],
      poolConfig: { max: Number(connections) },
    }),
  ],
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false },
  grafast: { explain: false },
};
const server = createServer();
const service = postgraphile(preset).createServ(grafserv);
await service.addTo(server);
process.on("SIGINT", () => process.exit(0));
server.listen(Number(port), "127.0.0.1");
