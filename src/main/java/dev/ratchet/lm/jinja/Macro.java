package dev.ratchet.lm.jinja;

import java.util.List;

/** A macro: a body with parameters, whose output is its value. */
record Macro(String name, List<String> parameters, List<Expression> defaults, Node body) {

    /** The macro as a function that sees the names around its definition. */
    Callable in(Scope definition) {
        return (run, arguments) -> {
            int given = arguments.positional().size();
            if (given > parameters.size() || !parameters.containsAll(arguments.named().keySet())) {
                throw new TemplateException("The chat template calls its macro '" + name
                        + "' with arguments that it does not take.");
            }
            Scope scope = definition.inner();
            for (int i = 0; i < parameters.size(); i++) {
                String parameter = parameters.get(i);
                Expression otherwise = defaults.get(i);
                scope.set(parameter, i < given || arguments.named().containsKey(parameter)
                        ? arguments.or(i, parameter, null)
                        : otherwise == null ? new Undefined(parameter) : otherwise.value(scope));
            }
            return run.capture(() -> body.render(scope));
        };
    }
}
