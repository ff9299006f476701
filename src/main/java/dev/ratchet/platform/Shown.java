package dev.ratchet.platform;

import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How pages write numbers and times: {@code {show:count(n)}}. */
@TemplateExtension(namespace = "show")
public final class Shown {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);

    private Shown() {}

    /** A count with its thousands grouped: {@code 12,345}. */
    public static String count(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** {@link #count(long)} for a template's {@code int}, which it does not widen. */
    public static String count(int number) {
        return count((long) number);
    }

    /** A share in [0, 1] in percent with one decimal: {@code 61.3%}. */
    public static String percent(double share) {
        return String.format(Locale.ENGLISH, "%.1f%%", 100 * share);
    }

    /** A measured value with three significant decimals at most: {@code 4.73}. */
    public static String decimal(double value) {
        double size = Math.abs(value);
        String pattern = size >= 1000 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.01 || size == 0 ? "%.2f" : "%.1e";
        return String.format(Locale.ENGLISH, pattern, value);
    }

    /** A moment in UTC: {@code 24 Nov 2026, 09:15 UTC}. */
    public static String time(Instant moment) {
        return MOMENT.format(moment.atOffset(ZoneOffset.UTC)) + " UTC";
    }

    /** A length of time in its two largest units: {@code 1 h 04 min}, {@code 3 min 20 s}, {@code 8 s}. */
    public static String duration(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        if (seconds >= 3600) {
            return String.format(Locale.ENGLISH, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
        }
        return seconds >= 60
                ? String.format(Locale.ENGLISH, "%d min %02d s", seconds / 60, seconds % 60)
                : seconds + " s";
    }

    /** The first twelve characters of a digest: enough to tell two apart by eye. */
    public static String digest(String digest) {
        return digest.length() > 12 ? digest.substring(0, 12) : digest;
    }
}
