package dev.ratchet.lm;

import java.util.List;

/**
 * A choice of modules as PEFT spells it: a list of names, or one regular expression.
 *
 * @param names whole names such as {@code model.layers.0.self_attn.q_proj}, or their endings such as {@code q_proj}
 * @param pattern a regular expression that the whole name must match, or null where names are listed
 */
public record ModuleFilter(List<String> names, String pattern) {
    /** What PEFT takes in place of a pattern for every linear module but the output head. */
    static final String ALL_LINEAR = "all-linear";
    /** No module. */
    public static final ModuleFilter NONE = new ModuleFilter(List.of(), null);

    public ModuleFilter {
        names = List.copyOf(names);
        if (pattern != null && !pattern.equalsIgnoreCase(ALL_LINEAR)) {
            BoundedPattern.of(pattern);
        }
    }

    /** Modules of these names or endings. */
    public static ModuleFilter named(String... names) {
        return new ModuleFilter(List.of(names), null);
    }

    /** Modules whose whole name matches. */
    public static ModuleFilter matching(String pattern) {
        return new ModuleFilter(List.of(), pattern);
    }

    /** Every linear module but the output head. */
    public static ModuleFilter allLinear() {
        return new ModuleFilter(List.of(), ALL_LINEAR);
    }

    boolean isAllLinear() {
        return ALL_LINEAR.equalsIgnoreCase(pattern);
    }

    boolean isEmpty() {
        return names.isEmpty() && pattern == null;
    }

    /** Whether a name was listed in vain, given the modules that there are. */
    String missing(List<String> modules) {
        return names.stream().filter(name -> modules.stream().noneMatch(new ModuleFilter(List.of(name), null)::takes))
                .findFirst().orElse(null);
    }

    boolean takes(String module) {
        if (isAllLinear()) {
            return !module.equals("lm_head");
        }
        if (pattern != null) {
            return BoundedPattern.of(pattern).matches(module);
        }
        return names.stream().anyMatch(name -> module.equals(name) || module.endsWith("." + name));
    }
}
