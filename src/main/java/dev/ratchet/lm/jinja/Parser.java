package dev.ratchet.lm.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses statements: output, if, for, set, macro, with, filter, generation, break and continue. */
final class Parser {
    private static final int NESTING = 60;

    private final List<Piece> pieces;
    private int at;
    private int depth;
    private int loops;

    private Parser(List<Piece> pieces) {
        this.pieces = pieces;
    }

    static Node parse(String template) {
        return new Parser(Lexer.pieces(template)).body(Set.of());
    }

    /** Statements up to a block tag of one of the names, which is left to be read. */
    private Node body(Set<String> ends) {
        if (++depth > NESTING) {
            throw new TemplateException("The chat template nests deeper than " + NESTING + " levels.");
        }
        List<Node> nodes = new ArrayList<>();
        while (at < pieces.size()) {
            Piece piece = pieces.get(at);
            if (piece.kind() == Piece.Kind.BLOCK && ends.contains(piece.tokens().get(0).text())) {
                depth--;
                return Node.all(nodes);
            }
            at++;
            nodes.add(switch (piece.kind()) {
                case TEXT -> write(piece.text());
                case OUTPUT -> output(piece);
                case BLOCK -> located(piece, statement(new Tokens(piece)));
            });
        }
        if (!ends.isEmpty()) {
            throw new TemplateException("The chat template ends where " + String.join(" or ", ends) + " should stand.");
        }
        return Node.all(nodes);
    }

    private static Node write(String text) {
        return scope -> {
            scope.run().write(text);
            return Node.Next.GO_ON;
        };
    }

    private static Node output(Piece piece) {
        Tokens tokens = new Tokens(piece);
        Expression value = new ExpressionParser(tokens).tuple();
        tokens.expectEnd();
        return located(piece, scope -> {
            scope.run().write(Representation.print(scope.run(), value.value(scope)));
            return Node.Next.GO_ON;
        });
    }

    private static Node located(Piece piece, Node node) {
        return scope -> {
            scope.run().at(piece.line());
            return node.render(scope);
        };
    }

    private Node statement(Tokens tokens) {
        String name = tokens.name();
        return switch (name) {
            case "if" -> condition(tokens);
            case "for" -> loop(tokens);
            case "set" -> assignment(tokens);
            case "macro" -> macro(tokens);
            case "with" -> with(tokens);
            case "filter" -> filter(tokens);
            case "generation" -> generation(tokens);
            case "break" -> jump(tokens, Node.Next.BREAK);
            case "continue" -> jump(tokens, Node.Next.CONTINUE);
            default -> throw tokens.failure("the tag '" + name + "', which is not known here,");
        };
    }

    private Node jump(Tokens tokens, Node.Next next) {
        tokens.expectEnd();
        if (loops == 0) {
            throw tokens.failure("a break or continue outside of a loop");
        }
        return scope -> next;
    }

    /** The tag that ends a body. */
    private Tokens end() {
        return new Tokens(pieces.get(at++));
    }

    private Node bodyUpTo(String end) {
        Node body = body(Set.of(end));
        Tokens tokens = end();
        tokens.name();
        if (tokens.here().kind() == Token.Kind.NAME && end.equals("endmacro")) {
            tokens.name();
        }
        tokens.expectEnd();
        return body;
    }

    private static Expression whole(Tokens tokens) {
        Expression value = new ExpressionParser(tokens).tuple();
        tokens.expectEnd();
        return value;
    }

    private Node condition(Tokens first) {
        List<Expression> conditions = new ArrayList<>();
        List<Node> bodies = new ArrayList<>();
        Node otherwise = Node.all(List.of());
        conditions.add(whole(first));
        while (true) {
            bodies.add(body(Set.of("elif", "else", "endif")));
            Tokens tokens = end();
            String name = tokens.name();
            if (name.equals("elif")) {
                conditions.add(whole(tokens));
                continue;
            }
            tokens.expectEnd();
            if (name.equals("else")) {
                otherwise = bodyUpTo("endif");
            }
            break;
        }
        Node last = otherwise;
        return scope -> {
            for (int i = 0; i < conditions.size(); i++) {
                if (Values.isTrue(conditions.get(i).value(scope))) {
                    return bodies.get(i).render(scope);
                }
            }
            return last.render(scope);
        };
    }

    private Node loop(Tokens tokens) {
        Target target = Target.parse(tokens);
        tokens.expect("in");
        ExpressionParser parser = new ExpressionParser(tokens);
        Expression over = parser.withoutCondition();
        Expression condition = tokens.take("if") ? parser.expression() : null;
        tokens.expectEnd();
        loops++;
        Node body = body(Set.of("else", "endfor"));
        loops--;
        boolean hasElse = pieces.get(at).tokens().get(0).is("else");
        end();
        Node otherwise = hasElse ? bodyUpTo("endfor") : Node.all(List.of());
        return scope -> {
            List<Object> elements = Values.elements(scope.run(), over.value(scope));
            if (condition != null) {
                List<Object> chosen = new ArrayList<>();
                for (Object element : elements) {
                    Scope inner = scope.inner();
                    target.assign(inner, element);
                    if (Values.isTrue(condition.value(inner))) {
                        chosen.add(element);
                    }
                }
                elements = chosen;
            }
            return elements.isEmpty() ? otherwise.render(scope.inner()) : repeat(scope, target, elements, body);
        };
    }

    private static Node.Next repeat(Scope scope, Target target, List<Object> elements, Node body) {
        Loop loop = new Loop(elements);
        for (int i = 0; i < elements.size(); i++) {
            scope.run().budget().spend(1);
            loop.moveTo(i);
            Scope inner = scope.inner();
            inner.set("loop", loop);
            target.assign(inner, elements.get(i));
            if (body.render(inner) == Node.Next.BREAK) {
                break;
            }
        }
        return Node.Next.GO_ON;
    }

    private Node assignment(Tokens tokens) {
        Target target = Target.parse(tokens);
        if (tokens.take("=")) {
            Expression value = whole(tokens);
            return scope -> {
                target.assign(scope, value.value(scope));
                return Node.Next.GO_ON;
            };
        }
        Expression[] captured = new Expression[1];
        Expression filtered = new ExpressionParser(tokens).filters(scope -> captured[0].value(scope));
        tokens.expectEnd();
        Node body = enclosed("endset");
        captured[0] = scope -> scope.run().capture(() -> body.render(scope.inner()));
        return scope -> {
            target.assign(scope, filtered.value(scope));
            return Node.Next.GO_ON;
        };
    }

    /** A body that no break or continue leaves. */
    private Node enclosed(String end) {
        int outer = loops;
        loops = 0;
        Node body = bodyUpTo(end);
        loops = outer;
        return body;
    }

    private Node filter(Tokens tokens) {
        Node[] body = new Node[1];
        Tokens rest = tokens.withBarHere();
        Expression filtered = new ExpressionParser(rest).filters(
                scope -> scope.run().capture(() -> body[0].render(scope.inner())));
        rest.expectEnd();
        body[0] = enclosed("endfilter");
        return scope -> {
            scope.run().write(Representation.print(scope.run(), filtered.value(scope)));
            return Node.Next.GO_ON;
        };
    }

    private Node generation(Tokens tokens) {
        tokens.expectEnd();
        Node body = enclosed("endgeneration");
        return scope -> {
            scope.run().generate(() -> body.render(scope.inner()));
            return Node.Next.GO_ON;
        };
    }

    private Node with(Tokens tokens) {
        List<Target> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.atEnd()) {
            targets.add(Target.parse(tokens));
            tokens.expect("=");
            values.add(new ExpressionParser(tokens).expression());
            if (!tokens.atEnd()) {
                tokens.expect(",");
            }
        }
        Node body = bodyUpTo("endwith");
        return scope -> {
            Scope inner = scope.inner();
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).assign(inner, values.get(i).value(scope));
            }
            return body.render(inner);
        };
    }

    private Node macro(Tokens tokens) {
        String name = tokens.name();
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        tokens.expect("(");
        while (!tokens.take(")")) {
            parameters.add(tokens.name());
            defaults.add(tokens.take("=") ? new ExpressionParser(tokens).expression() : null);
            if (!tokens.at(")")) {
                tokens.expect(",");
            }
        }
        tokens.expectEnd();
        Macro macro = new Macro(name, parameters, defaults, enclosed("endmacro"));
        return scope -> {
            scope.set(name, macro.in(scope));
            return Node.Next.GO_ON;
        };
    }
}
