import { graphql } from "./gql";

export const OVERDUE = graphql(`
  query Overdue($after: String) {
    appeals(filter: { overdue: true }, order: DUE_SOONEST, first: 20, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id
        number
        version
        dueAt
        theme { name }
        municipality { name }
        body { name }
        deadline { explanation { clause { title } } }
      }
    }
  }
`);

export const ACCEPT = graphql(`
  mutation Accept($id: ID!, $seen: Int!) {
    acceptAppeal(input: { id: $id, expectedVersion: $seen }) {
      __typename
      ... on Appeal { id number version state }
      ... on Refusal { code text clause { title } }
    }
  }
`);
