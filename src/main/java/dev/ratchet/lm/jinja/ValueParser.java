package dev.ratchet.lm.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses values and what is tied to them most closely: attributes, subscripts, calls, filters and tests. */
final class ValueParser {
    private final Tokens tokens;
    private final ExpressionParser expressions;

    ValueParser(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Expression primary() {
        expressions.count();
        Token token = tokens.next();
        if (token.kind() == Token.Kind.LITERAL) {
            Object value = token.value();
            if (value instanceof String) {
                StringBuilder text = new StringBuilder((String) value);
                while (tokens.here().value() instanceof String more) {
                    text.append(more);
                    tokens.next();
                }
                value = text.toString();
            }
            Object constant = value;
            return scope -> constant;
        } else if (token.kind() == Token.Kind.NAME) {
            String name = token.text();
            return switch (name) {
                case "true", "True" -> scope -> true;
                case "false", "False" -> scope -> false;
                case "none", "None" -> scope -> null;
                default -> scope -> {
                    scope.run().budget().spend(1);
                    return scope.get(name);
                };
            };
        } else if (token.is("(")) {
            return parenthesis();
        } else if (token.is("[")) {
            List<Expression> elements = list("]");
            return scope -> values(scope, elements);
        } else if (token.is("{")) {
            return mapping();
        }
        throw tokens.failure("'" + token.text() + "' where a value should stand");
    }

    private Expression parenthesis() {
        if (tokens.take(")")) {
            return scope -> new Tuple(List.of());
        }
        Expression inside = expressions.tuple();
        tokens.expect(")");
        return inside;
    }

    private List<Expression> list(String close) {
        List<Expression> elements = new ArrayList<>();
        while (!tokens.take(close)) {
            elements.add(expressions.expression());
            if (!tokens.at(close)) {
                tokens.expect(",");
            }
        }
        return elements;
    }

    private Expression mapping() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.take("}")) {
            keys.add(expressions.expression());
            tokens.expect(":");
            values.add(expressions.expression());
            if (!tokens.at("}")) {
                tokens.expect(",");
            }
        }
        return scope -> {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                map.put(Values.key(keys.get(i).value(scope)), values.get(i).value(scope));
            }
            scope.run().budget().spend(1 + map.size());
            return map;
        };
    }

    static List<Object> values(Scope scope, List<Expression> expressions) {
        List<Object> values = new ArrayList<>(expressions.size());
        expressions.forEach(e -> values.add(e.value(scope)));
        scope.run().budget().spend(1 + values.size());
        return values;
    }

    Expression postfix(Expression start) {
        Expression value = start;
        while (true) {
            Expression of = value;
            if (tokens.take(".")) {
                Token name = tokens.next();
                if (name.kind() == Token.Kind.NAME) {
                    value = scope -> Attributes.attribute(of.value(scope), name.text());
                } else if (name.value() instanceof Long) {
                    value = scope -> Attributes.item(scope.run(), of.value(scope), name.value());
                } else {
                    throw tokens.failure("'" + name.text() + "' after a dot");
                }
            } else if (tokens.take("[")) {
                value = subscript(of);
            } else if (tokens.take("(")) {
                value = call(of);
            } else {
                return value;
            }
            expressions.count();
        }
    }

    private Expression subscript(Expression of) {
        Expression from = tokens.at(":") ? null : expressions.tuple();
        if (!tokens.take(":")) {
            tokens.expect("]");
            return scope -> Attributes.item(scope.run(), of.value(scope), from.value(scope));
        }
        Expression to = tokens.at("]") || tokens.at(":") ? null : expressions.expression();
        Expression by = tokens.take(":") && !tokens.at("]") ? expressions.expression() : null;
        tokens.expect("]");
        return scope -> Attributes.slice(scope.run(), of.value(scope), bound(scope, from), bound(scope, to),
                bound(scope, by));
    }

    private static Long bound(Scope scope, Expression expression) {
        Object value = expression == null ? null : expression.value(scope);
        return value == null ? null : Long.valueOf(Values.whole(value));
    }

    private Expression call(Expression function) {
        ArgumentList arguments = arguments();
        return scope -> {
            Object called = function.value(scope);
            if (called instanceof Undefined missing) {
                throw missing.failure();
            } else if (!(called instanceof Callable)) {
                throw new TemplateException("The chat template calls " + Values.kind(called) + ".");
            }
            scope.run().budget().spend(1);
            return ((Callable) called).call(scope.run(), arguments.values(scope));
        };
    }

    /** Arguments before they have values. */
    private record ArgumentList(List<Expression> positional, Map<String, Expression> named) {
        Arguments values(Scope scope) {
            Map<String, Object> values = new LinkedHashMap<>();
            named.forEach((name, value) -> values.put(name, value.value(scope)));
            return new Arguments(ValueParser.values(scope, positional), values);
        }
    }

    private ArgumentList arguments() {
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!tokens.take(")")) {
            if (tokens.here().kind() == Token.Kind.NAME && tokens.following().is("=")) {
                String name = tokens.next().text();
                tokens.next();
                named.put(name, expressions.expression());
            } else {
                positional.add(expressions.expression());
            }
            if (!tokens.at(")")) {
                tokens.expect(",");
            }
        }
        return new ArgumentList(positional, named);
    }

    /** Filters, tests and calls that follow a value. */
    Expression filters(Expression start) {
        Expression value = start;
        while (true) {
            Expression of = value;
            if (tokens.take("|")) {
                Filters.Filter filter = filter(tokens.dottedName());
                ArgumentList arguments = tokens.take("(") ? arguments() : null;
                value = scope -> {
                    Object filtered = of.value(scope);
                    scope.run().budget().spend(1);
                    return filter.apply(scope.run(), filtered,
                            arguments == null ? Arguments.NONE : arguments.values(scope));
                };
            } else if (tokens.take("is")) {
                value = test(of);
            } else if (tokens.take("(")) {
                value = call(of);
            } else {
                return value;
            }
            expressions.count();
        }
    }

    /** An unknown filter or test matters only where a rendering comes to it. */
    private static Filters.Filter filter(String name) {
        try {
            return Filters.named(name);
        } catch (TemplateException e) {
            return (run, value, arguments) -> {
                throw e;
            };
        }
    }

    private static Tests.Test test(String name) {
        try {
            return Tests.named(name);
        } catch (TemplateException e) {
            return (run, value, arguments) -> {
                throw e;
            };
        }
    }

    private Expression test(Expression of) {
        boolean wanted = !tokens.take("not");
        Tests.Test test = test(tokens.dottedName());
        ArgumentList arguments = new ArgumentList(List.of(), Map.of());
        if (tokens.take("(")) {
            arguments = arguments();
        } else if (argumentFollows()) {
            arguments = new ArgumentList(List.of(postfix(primary())), Map.of());
        }
        ArgumentList given = arguments;
        return scope -> {
            Object tested = of.value(scope);
            scope.run().budget().spend(1);
            return test.passes(scope.run(), tested, given.values(scope)) == wanted;
        };
    }

    private boolean argumentFollows() {
        Token token = tokens.here();
        return token.kind() == Token.Kind.LITERAL || token.is("[") || token.is("{")
                || token.kind() == Token.Kind.NAME
                && !Set.of("else", "or", "and", "if", "is", "in", "not", "recursive").contains(token.text());
    }
}
