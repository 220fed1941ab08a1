"""Mutants of one function, coroutines too: of its body, and of what it calls beside it."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from itertools import count

Function = ast.FunctionDef | ast.AsyncFunctionDef
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip


class Changing(ast.NodeTransformer):
    """Changes the `wanted` place of those that may be changed, counted from 0."""

    def __init__(self, wanted: int) -> None:
        self.wanted, self.places = wanted, count()
        self.said = ""

    def _here(self, node: ast.AST, said: str) -> bool:
        if next(self.places) != self.wanted:
            return False
        self.said = f"{said}, строка {getattr(node, 'lineno', 0)}"
        return True

    def visit_If(self, node: ast.If) -> ast.AST:
        """A condition turned round."""
        if self._here(node, "условие наоборот"):
            node.test = ast.UnaryOp(ast.Not(), node.test)
            return node
        return self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        """No refusal."""
        return ast.Pass() if self._here(node, "без отказа") else node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """A check or a write left out."""
        if isinstance(node.value, ast.Constant):
            return node
        if self._here(node, f"без {ast.unparse(node)[:60]}"):
            return ast.Pass()
        return self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """A comparison turned round."""
        if self._here(node, "сравнение наоборот"):
            node.ops[0] = TURNED[type(node.ops[0])]()
            return node
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        """Another number, the other truth."""
        if isinstance(node.value, bool):
            return ast.Constant(not node.value) if self._here(node, "не то значение") else node
        if isinstance(node.value, int) and self._here(node, "другое число"):
            return ast.Constant(node.value + 1)
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        """Something handed over is nothing."""
        if not isinstance(node.value, ast.Constant) and self._here(node, f"без {node.arg}"):
            return ast.keyword(node.arg, ast.Constant(None))
        return self.generic_visit(node)


def mutants(code: str, name: str) -> Iterator[tuple[str, str]]:
    """What is changed, and the text of the file, for each place in the function of this name.

    Functions of the same file that it calls count as parts of it.
    """
    module = ast.parse(code)
    for part in _parts(module, name):
        for place in count():
            changed = copy.deepcopy(module)
            changing = Changing(place)
            node = _function(changed, part)
            node.body = [changing.visit(statement) for statement in node.body]
            if not changing.said:
                break
            yield f"{part}: {changing.said}", ast.unparse(ast.fix_missing_locations(changed))


def nothing(code: str, name: str) -> tuple[str, str]:
    """The last resort: the function does nothing and gives nothing back."""
    module = ast.parse(code)
    _function(module, name).body = [ast.Return(ast.Constant(None))]
    return f"{name}: ничего не делает", ast.unparse(ast.fix_missing_locations(module))


def _parts(module: ast.Module, name: str) -> list[str]:
    called = {
        node.func.id
        for node in ast.walk(_function(module, name))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    known = [node.name for node in module.body if isinstance(node, Function)]
    return [name, *(one for one in known if one in called and one != name)]


def _function(module: ast.Module, name: str) -> Function:
    return next(node for node in module.body if isinstance(node, Function) and node.name == name)
