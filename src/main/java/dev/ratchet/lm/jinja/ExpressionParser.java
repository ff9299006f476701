package dev.ratchet.lm.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses expressions with Jinja's precedence: or, and, not, comparison, sum, ~, product, **, sign, filters and tests. */
final class ExpressionParser {
    private static final int LARGEST = 2000;
    private static final int NESTING = 60;
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final Tokens tokens;
    private int size;
    private int depth;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** An expression, or several as a tuple where commas stand between them. */
    Expression tuple() {
        return tuple(true);
    }

    /** The same without {@code a if b else c}, which a loop's own {@code if} would be taken for. */
    Expression withoutCondition() {
        return tuple(false);
    }

    private Expression tuple(boolean conditional) {
        Expression first = conditional ? expression() : or();
        if (!tokens.at(",")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (tokens.take(",")) {
            if (tokens.atEnd() || tokens.at(")") || tokens.at("]") || tokens.at("=") || tokens.at("in")) {
                break;
            }
            parts.add(conditional ? expression() : or());
        }
        return scope -> new Tuple(values(scope, parts));
    }

    Expression expression() {
        if (++depth > NESTING || ++size > LARGEST) {
            throw tokens.failure("an expression that is too deep or too long");
        }
        Expression value = or();
        while (tokens.take("if")) {
            Expression condition = or();
            Expression otherwise = tokens.take("else") ? expression() : null;
            Expression chosen = value;
            value = scope -> Values.isTrue(condition.value(scope)) ? chosen.value(scope)
                    : otherwise == null ? new Undefined("the else of an inline if") : otherwise.value(scope);
            count();
        }
        depth--;
        return value;
    }

    private void count() {
        if (++size > LARGEST) {
            throw tokens.failure("an expression that is too long");
        }
    }

    private Expression or() {
        Expression left = and();
        while (tokens.take("or")) {
            Expression a = left;
            Expression b = and();
            left = scope -> {
                Object value = a.value(scope);
                return Values.isTrue(value) ? value : b.value(scope);
            };
            count();
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.take("and")) {
            Expression a = left;
            Expression b = not();
            left = scope -> {
                Object value = a.value(scope);
                return Values.isTrue(value) ? b.value(scope) : value;
            };
            count();
        }
        return left;
    }

    private Expression not() {
        if (!tokens.take("not")) {
            return comparison();
        }
        boolean wanted = false;
        while (tokens.take("not")) {
            wanted = !wanted;
            count();
        }
        Expression value = comparison();
        boolean result = wanted;
        return scope -> Values.isTrue(value.value(scope)) == result;
    }

    /** A comparison between two values. */
    private interface Comparison {
        boolean holds(Run run, Object a, Object b);
    }

    private Expression comparison() {
        Expression first = sum();
        List<Comparison> comparisons = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        while (true) {
            Comparison comparison = comparisonHere();
            if (comparison == null) {
                break;
            }
            count();
            comparisons.add(comparison);
            others.add(sum());
        }
        if (comparisons.isEmpty()) {
            return first;
        }
        return scope -> {
            Object left = first.value(scope);
            for (int i = 0; i < comparisons.size(); i++) {
                Object right = others.get(i).value(scope);
                if (!comparisons.get(i).holds(scope.run(), left, right)) {
                    return false;
                }
                left = right;
            }
            return true;
        };
    }

    private Comparison comparisonHere() {
        if (COMPARISONS.contains(tokens.here().text()) && tokens.here().kind() == Token.Kind.OPERATOR) {
            return switch (tokens.next().text()) {
                case "==" -> Values::equal;
                case "!=" -> (run, a, b) -> !Values.equal(run, a, b);
                case "<" -> (run, a, b) -> Values.compare(run, a, b) < 0;
                case "<=" -> (run, a, b) -> Values.compare(run, a, b) <= 0;
                case ">" -> (run, a, b) -> Values.compare(run, a, b) > 0;
                default -> (run, a, b) -> Values.compare(run, a, b) >= 0;
            };
        } else if (tokens.take("in")) {
            return (run, a, b) -> Operators.contains(run, b, a);
        } else if (tokens.at("not") && tokens.following().is("in")) {
            tokens.next();
            tokens.next();
            return (run, a, b) -> !Operators.contains(run, b, a);
        }
        return null;
    }

    private Expression sum() {
        Expression left = joined();
        while (tokens.at("+") || tokens.at("-")) {
            left = binary(tokens.next().text(), left, joined());
        }
        return left;
    }

    private Expression joined() {
        Expression left = product();
        while (tokens.take("~")) {
            Expression a = left;
            Expression b = product();
            left = scope -> Operators.binary(scope.run(), "+", Values.print(scope.run(), a.value(scope)),
                    Values.print(scope.run(), b.value(scope)));
            count();
        }
        return left;
    }

    private Expression product() {
        Expression left = power();
        while (tokens.at("*") || tokens.at("/") || tokens.at("//") || tokens.at("%")) {
            left = binary(tokens.next().text(), left, power());
        }
        return left;
    }

    private Expression power() {
        Expression left = signed(true);
        while (tokens.take("**")) {
            left = binary("**", left, signed(true));
        }
        return left;
    }

    private Expression binary(String operator, Expression a, Expression b) {
        count();
        return scope -> Operators.binary(scope.run(), operator, a.value(scope), b.value(scope));
    }

    private Expression signed(boolean filtered) {
        if (++depth > NESTING) {
            throw tokens.failure("an expression that is too deep");
        }
        Expression value;
        if (tokens.take("-")) {
            Expression positive = signed(false);
            value = scope -> Operators.negative(positive.value(scope));
        } else if (tokens.take("+")) {
            value = signed(false);
        } else {
            value = primary();
        }
        value = postfix(value);
        depth--;
        return filtered ? filters(value) : value;
    }

    private Expression primary() {
        count();
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
        Expression inside = tuple();
        tokens.expect(")");
        return inside;
    }

    private List<Expression> list(String close) {
        List<Expression> elements = new ArrayList<>();
        while (!tokens.take(close)) {
            elements.add(expression());
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
            keys.add(expression());
            tokens.expect(":");
            values.add(expression());
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

    private static List<Object> values(Scope scope, List<Expression> expressions) {
        List<Object> values = new ArrayList<>(expressions.size());
        expressions.forEach(e -> values.add(e.value(scope)));
        scope.run().budget().spend(1 + values.size());
        return values;
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        while (true) {
            Expression of = value;
            if (tokens.take(".")) {
                Token name = tokens.next();
                if (name.kind() == Token.Kind.NAME) {
                    value = scope -> Attributes.attribute(of.value(scope), name.text());
                } else if (name.value() instanceof Long) {
                    value = scope -> Attributes.item(of.value(scope), name.value());
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
            count();
        }
    }

    private Expression subscript(Expression of) {
        Expression from = tokens.at(":") ? null : tuple();
        if (!tokens.take(":")) {
            tokens.expect("]");
            return scope -> Attributes.item(of.value(scope), from.value(scope));
        }
        Expression to = tokens.at("]") || tokens.at(":") ? null : expression();
        Expression by = tokens.take(":") && !tokens.at("]") ? expression() : null;
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
            return new Arguments(ExpressionParser.values(scope, positional), values);
        }
    }

    private ArgumentList arguments() {
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!tokens.take(")")) {
            if (tokens.here().kind() == Token.Kind.NAME && tokens.following().is("=")) {
                String name = tokens.next().text();
                tokens.next();
                named.put(name, expression());
            } else {
                positional.add(expression());
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
            count();
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
