"""What every type and field stands on: fields, ids, guards, scalars, errors, paging, loaders."""
