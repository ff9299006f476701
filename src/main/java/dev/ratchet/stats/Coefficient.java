package dev.ratchet.stats;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A coefficient's value, or why it has none: exactly one of the two is present.
 *
 * @param value a finite number
 * @param undefined the reason where there is no number
 */
public record Coefficient(OptionalDouble value, Optional<Undefined> undefined) {

    public Coefficient {
        if (value.isPresent() == undefined.isPresent()) {
            throw new IllegalArgumentException("A coefficient has a value or a reason why it has none.");
        }
        if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
            throw new IllegalArgumentException("A coefficient is a finite number, not " + value.getAsDouble() + ".");
        }
    }

    public static Coefficient of(double value) {
        return new Coefficient(OptionalDouble.of(value), Optional.empty());
    }

    public static Coefficient undefined(Undefined reason) {
        return new Coefficient(OptionalDouble.empty(), Optional.of(Objects.requireNonNull(reason)));
    }

    public boolean isDefined() {
        return value.isPresent();
    }

    @Override
    public String toString() {
        return isDefined() ? Double.toString(value.getAsDouble()) : "undefined: " + undefined.get().reason();
    }
}
