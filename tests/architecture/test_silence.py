"""No swallowed exception, no stub, no fact only half told."""

from __future__ import annotations

import ast

from tests.architecture.sources import FOLDERS, files, functions, module, statements, tree


def test_no_exception_is_swallowed() -> None:
    swallowed = [
        f"{module(path)}:{node.lineno}"
        for path in files(*FOLDERS)
        for node in statements(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and all(isinstance(line, (ast.Pass, ast.Continue)) for line in node.body)
        and _catches_everything(node)
    ]
    assert swallowed == []


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    kinds = ast.walk(handler.type) if handler.type else ()
    names = {node.id for node in kinds if isinstance(node, ast.Name)}
    return handler.type is None or bool(names & {"Exception", "BaseException"})


def test_no_function_is_a_stub() -> None:
    """A body of a docstring alone is for hooks and protocols."""
    stubs = [
        f"{module(path)}.{function.name}"
        for path in files(*FOLDERS)
        if module(path) != "core.region.hooks"
        for function in functions(path)
        if _is_empty(function) and not _declares(path_tree=tree(path), function=function)
    ]
    assert stubs == []


def _is_empty(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return all(
        isinstance(line, ast.Pass)
        or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
        for line in function.body
    )


def _declares(*, path_tree: ast.Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether the function is a method of a Protocol."""
    return any(
        isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases)
        and any(getattr(line, "lineno", 0) == function.lineno for line in node.body)
        for node in path_tree.body
    )


def test_no_todo_is_left() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "X" * 3)
    left = [
        module(path)
        for path in files(*FOLDERS, "tests")
        if any(word in path.read_text(encoding="utf-8") for word in words)
    ]
    assert left == []
