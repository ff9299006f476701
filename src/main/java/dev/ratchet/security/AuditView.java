package dev.ratchet.security;

import dev.ratchet.platform.Filters;
import dev.ratchet.platform.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of the audit trail, as pages show it.
 *
 * @param address of the page, without what it was asked for
 * @param next what to ask for to see older changes; null at the end
 * @param actor login that was asked for; empty for anybody's
 * @param account login that was asked for; empty for anybody's
 * @param action code that was asked for; empty for all
 */
public record AuditView(String address, List<Row> rows, List<String> actions, String next, String actor,
        String account, String action) {
    private static final int ROWS = 100;

    /**
     * One change.
     *
     * @param project slug; null on the page of the project itself
     */
    public record Row(Instant at, String project, String action, AuditTrail.Person actor, boolean byToken,
            AuditTrail.Person subject, List<String> details) {

        static Row of(AuditTrail.Entry entry, boolean ofAll) {
            return new Row(entry.at(), ofAll ? entry.project() : null, entry.action(), entry.actor(), entry.byToken(),
                    entry.subject(), AuditView.words(entry.detail()));
        }
    }

    /** @param project null for everything */
    public static AuditView of(AuditTrail trail, Long project, Filters filters, String address) {
        Page<AuditTrail.Entry> part = trail.list(project, filters, ROWS);
        List<Row> rows = part.items().stream().map(entry -> Row.of(entry, project == null)).toList();
        return new AuditView(address, rows, List.of(AuditAction.codes()),
                part.next() == null ? null : older(filters, part.next()), filters.text("actor").orElse(""),
                filters.text("account").orElse(""), filters.text("action").orElse(""));
    }

    private static String older(Filters filters, long after) {
        return Stream.of("action", "actor", "account", "since", "until")
                .flatMap(name -> filters.text(name).stream()
                        .map(value -> name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + "&"))
                .collect(Collectors.joining("", "?", "after=" + after));
    }

    private static List<String> words(Map<String, Object> detail) {
        List<String> said = new ArrayList<>();
        detail.forEach((name, value) -> {
            if (!name.equals("from") && !name.equals("to") && !text(value).isEmpty()) {
                said.add(name + " " + text(value));
            }
        });
        if (detail.containsKey("to")) {
            said.add(shown(detail.get("from")) + " → " + shown(detail.get("to")));
        }
        return said;
    }

    private static String shown(Object value) {
        return text(value).isEmpty() ? "–" : text(value);
    }

    private static String text(Object value) {
        return value instanceof Collection<?> many
                ? many.stream().map(String::valueOf).collect(Collectors.joining(", ")) : String.valueOf(value);
    }
}
