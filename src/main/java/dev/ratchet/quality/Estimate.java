package dev.ratchet.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.platform.Shown;
import dev.ratchet.stats.Agreement;
import dev.ratchet.stats.Interval;
import java.util.Locale;
import java.util.Optional;

/**
 * A figure with its 95% interval, or the reason why there is none.
 *
 * @param value null where it is undefined
 * @param low null where the data say nothing of the spread
 * @param undefined the reason; null where there is a value
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Estimate(Double value, Double low, Double high, String undefined) {

    static Estimate of(Interval interval) {
        return new Estimate(interval.estimate(), interval.low(), interval.high(), null);
    }

    static Estimate of(Agreement agreement) {
        Optional<Interval> interval = agreement.interval();
        return agreement.coefficient().isDefined()
                ? new Estimate(agreement.coefficient().value().getAsDouble(), interval.map(Interval::low).orElse(null),
                        interval.map(Interval::high).orElse(null), null)
                : undefined(agreement.coefficient().undefined().orElseThrow().reason());
    }

    static Estimate undefined(String reason) {
        return new Estimate(null, null, null, reason);
    }

    public boolean isDefined() {
        return value != null;
    }

    public boolean isBounded() {
        return low != null;
    }

    /** The value with two decimals: {@code 0.67}. */
    public String number() {
        return decimal(value);
    }

    /** The interval with two decimals: {@code 0.58 to 0.75}. */
    public String range() {
        return decimal(low) + " to " + decimal(high);
    }

    /** The value as a share: {@code 61.3%}. */
    public String percent() {
        return Shown.percent(value);
    }

    /** The interval as shares: {@code 58.0% to 64.1%}. */
    public String percentRange() {
        return Shown.percent(low) + " to " + Shown.percent(high);
    }

    /** Where it stands in a drawing whose axis is the share 0 to 1. */
    public Whisker share() {
        return Whisker.of(this, 0, 1);
    }

    private static String decimal(double value) {
        // A small negative value is written as 0.00, never as -0.00.
        return String.format(Locale.ENGLISH, "%.2f", value + 0.0).replace("-0.00", "0.00");
    }
}
