import type { CodegenConfig } from "@graphql-codegen/cli";

/** Типы из той же схемы, которую отдаёт продукт; скаляры названы тем, чем они приходят. */
const config: CodegenConfig = {
  schema: process.env.TSUR_SCHEMA ?? "../../schema/sdl/schema.graphql",
  documents: ["src/**/*.{ts,tsx}", "!src/gql/**"],
  generates: {
    "src/gql/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        enumsAsTypes: true,
        strictScalars: true,
        useTypeImports: true,
        scalars: { Date: "string", DateTime: "string", Decimal: "string" },
      },
    },
  },
};

export default config;
