package dev.ratchet.lm.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses expressions with Jinja's precedence: condition, or, and, not, comparison, sum, ~, product, power, sign. */
final class ExpressionParser {
    private static final int LARGEST = 2000;
    private static final int NESTING = 60;
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final Tokens tokens;
    private final ValueParser values;
    private int size;
    private int depth;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
        this.values = new ValueParser(tokens, this);
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
        return scope -> new Tuple(ValueParser.values(scope, parts));
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

    /** Filters, tests and calls that follow a value. */
    Expression filters(Expression start) {
        return values.filters(start);
    }

    /** Counts a part of the expression. */
    void count() {
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
            left = scope -> Operators.binary(scope.run(), "+", Representation.print(scope.run(), a.value(scope)),
                    Representation.print(scope.run(), b.value(scope)));
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
            value = values.primary();
        }
        value = values.postfix(value);
        depth--;
        return filtered ? values.filters(value) : value;
    }
}
