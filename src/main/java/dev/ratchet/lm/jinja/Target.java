package dev.ratchet.lm.jinja;

import java.util.ArrayList;
import java.util.List;

/** What a value is assigned to: a name, a namespace's attribute, or several of them. */
interface Target {
    void assign(Scope scope, Object value);

    static Target parse(Tokens tokens) {
        Target first = one(tokens);
        if (!tokens.at(",")) {
            return first;
        }
        List<Target> targets = new ArrayList<>(List.of(first));
        while (tokens.take(",") && !tokens.at("in") && !tokens.at("=")) {
            targets.add(one(tokens));
        }
        return (scope, value) -> unpack(scope, targets, value);
    }

    private static Target one(Tokens tokens) {
        if (tokens.take("(")) {
            Target inside = parse(tokens);
            tokens.expect(")");
            return inside;
        }
        String name = tokens.name();
        if (!tokens.take(".")) {
            return (scope, value) -> scope.set(name, value);
        }
        String attribute = tokens.name();
        return (scope, value) -> {
            if (!(scope.get(name) instanceof Namespace space)) {
                throw new TemplateException("The chat template sets '" + attribute + "' of '" + name
                        + "', which is no namespace.");
            }
            scope.run().budget().spend(1);
            space.attributes().put(attribute, value);
        };
    }

    private static void unpack(Scope scope, List<Target> targets, Object value) {
        List<Object> values = Values.elements(scope.run(), value);
        if (values.size() != targets.size()) {
            throw new TemplateException("The chat template takes " + values.size() + " values apart into "
                    + targets.size() + ".");
        }
        for (int i = 0; i < targets.size(); i++) {
            targets.get(i).assign(scope, values.get(i));
        }
    }
}
