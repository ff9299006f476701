package dev.ratchet.lm.jinja;

import java.util.List;

/** A parsed statement: writes, and says how the loop around it goes on. */
interface Node {
    /** What follows a statement. */
    enum Next {
        GO_ON, CONTINUE, BREAK
    }

    Next render(Scope scope);

    /** Statements one after another, until one leaves the loop. */
    static Node all(List<Node> nodes) {
        List<Node> own = List.copyOf(nodes);
        return scope -> {
            for (Node node : own) {
                Next next = node.render(scope);
                if (next != Next.GO_ON) {
                    return next;
                }
            }
            return Next.GO_ON;
        };
    }
}
