package dev.ratchet.quality;

import dev.ratchet.platform.Problem;
import dev.ratchet.stats.TimeWindow;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which ratings the quality page speaks of. It is the page's query string, and nothing else may stand there.
 *
 * @param from first day, in {@code zone}; null for no bound
 * @param to last day, in {@code zone}; null for no bound
 * @param version of the instructions; null for all
 * @param question name of the {@link Measure} whose agreement is drawn; null for the first
 * @param reviewers whose ratings count: {@code group:} and a group's id, or {@code tag:} and a tag; null for everybody
 * @param window what one point of a curve over time stands for
 * @param zone whose midnight ends a day
 */
public record QualityFilter(LocalDate from, LocalDate to, Integer version, String question, String reviewers,
        TimeWindow window, ZoneId zone) {
    /** All ratings, by day in UTC. */
    public static final QualityFilter NONE =
            new QualityFilter(null, null, null, null, null, TimeWindow.DAY, ZoneOffset.UTC);

    private static final List<String> ALLOWED =
            List.of("from", "to", "version", "question", "reviewers", "window", "zone");
    private static final LocalDate EARLIEST = LocalDate.of(1970, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(9999, 1, 1);
    private static final int LONGEST = 200;

    /**
     * Reads a query string; an empty field is one that is not set.
     *
     * @throws Problem 422 naming the field that cannot be used
     */
    public static QualityFilter of(MultivaluedMap<String, String> query) {
        query.forEach((name, values) -> {
            if (!ALLOWED.contains(name) || values.size() != 1) {
                throw refused(name, ALLOWED.contains(name) ? "is given more than once"
                        : "is no filter: there are " + String.join(", ", ALLOWED));
            }
            if (values.get(0).length() > LONGEST || values.get(0).indexOf('\0') >= 0) {
                throw refused(name, "must be text of at most " + LONGEST + " characters");
            }
        });
        QualityFilter filter = new QualityFilter(day(query, "from"), day(query, "to"), version(query),
                text(query, "question"), reviewers(query), window(query), zone(query));
        if (filter.from != null && filter.to != null && filter.from.isAfter(filter.to)) {
            throw refused("from", "must not be after to");
        }
        return filter;
    }

    private static String text(MultivaluedMap<String, String> query, String name) {
        String value = query.getFirst(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static LocalDate day(MultivaluedMap<String, String> query, String name) {
        String value = text(query, name);
        try {
            LocalDate day = value == null ? null : LocalDate.parse(value);
            if (day == null || !day.isBefore(EARLIEST) && day.isBefore(LATEST)) {
                return day;
            }
        } catch (DateTimeParseException wrong) {
            // Said below.
        }
        throw refused(name, "must be a day such as 2026-11-28");
    }

    private static Integer version(MultivaluedMap<String, String> query) {
        String value = text(query, "version");
        if (value != null && !value.matches("[1-9][0-9]{0,8}")) {
            throw refused("version", "must be a version's number");
        }
        return value == null ? null : Integer.valueOf(value);
    }

    private static String reviewers(MultivaluedMap<String, String> query) {
        String value = text(query, "reviewers");
        if (value != null && !value.matches("group:[1-9][0-9]{0,17}|tag:.+")) {
            throw refused("reviewers", "must be group: and a group's id, or tag: and a tag");
        }
        return value;
    }

    private static TimeWindow window(MultivaluedMap<String, String> query) {
        String value = text(query, "window");
        return switch (value == null ? "day" : value) {
            case "day" -> TimeWindow.DAY;
            case "week" -> TimeWindow.WEEK;
            case "month" -> TimeWindow.MONTH;
            default -> throw refused("window", "must be day, week or month");
        };
    }

    private static ZoneId zone(MultivaluedMap<String, String> query) {
        String value = text(query, "zone");
        try {
            if (value == null || value.equals("UTC")) {
                return ZoneOffset.UTC;
            }
            // Names alone: what PostgreSQL reads as an offset has its sign the other way round.
            if (ZoneId.getAvailableZoneIds().contains(value) && value.contains("/") && !value.startsWith("Etc/")
                    && !value.startsWith("SystemV/")) {
                return ZoneId.of(value);
            }
        } catch (DateTimeException wrong) {
            // Said below.
        }
        throw refused("zone", "must be UTC or the name of a time zone such as Europe/Berlin");
    }

    static Problem refused(String field, String rule) {
        return Problem.unprocessable("invalid-filter", "The filter cannot be used", field + " " + rule + ".");
    }

    /** The moment at which the first day begins. */
    Instant since() {
        return (from == null ? EARLIEST : from).atStartOfDay(zone).toInstant();
    }

    /** The moment at which the last day is over. */
    Instant until() {
        return (to == null ? LATEST : to.plusDays(1)).atStartOfDay(zone).toInstant();
    }

    /** The time zone as the page and PostgreSQL name it. */
    public String zoneName() {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /** The window as the query string names it. */
    public String windowName() {
        return window.name().toLowerCase(Locale.ROOT);
    }

    /** Whether anything is left out. */
    public boolean isNarrowing() {
        return from != null || to != null || version != null || reviewers != null;
    }

    /** Whether the ratings of a group count alone. */
    public boolean isOfGroup(long id) {
        return ("group:" + id).equals(reviewers);
    }

    /** Whether the ratings of reviewers with a tag count alone. */
    public boolean isOfTag(String tag) {
        return ("tag:" + tag).equals(reviewers);
    }

    /** As a query string, with its question mark; empty for what holds anyway. */
    public String query() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", from);
        fields.put("to", to);
        fields.put("version", version);
        fields.put("question", question);
        fields.put("reviewers", reviewers);
        fields.put("window", window == TimeWindow.DAY ? null : windowName());
        fields.put("zone", zone.equals(ZoneOffset.UTC) ? null : zoneName());
        String joined = fields.entrySet().stream().filter(field -> field.getValue() != null)
                .map(field -> field.getKey() + "="
                        + URLEncoder.encode(field.getValue().toString(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return joined.isEmpty() ? "" : "?" + joined;
    }
}
