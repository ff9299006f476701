package dev.ratchet.intake;

import dev.ratchet.intake.format.Limits;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of files that come in. */
@ConfigMapping(prefix = "ratchet.import")
public interface IntakeConfig {

    /** The largest file, as it is sent. */
    @WithDefault("16G")
    MemorySize maxSize();

    /** The longest line, or record that spans several lines. */
    @WithDefault("4M")
    MemorySize maxLine();

    /** Most characters of one text. */
    @WithDefault("1000000")
    int maxField();

    /** Most levels of JSON. */
    @WithDefault("64")
    int maxDepth();

    /** The largest content of a packed file. */
    @WithDefault("64G")
    MemorySize maxUnpacked();

    /** How many times larger than its packed form a content may be, above the first 64 MB. */
    @WithDefault("200")
    int maxRatio();

    /** How many rows are taken in by one transaction. */
    @WithDefault("5000")
    int batch();

    default Limits limits() {
        return new Limits((int) Math.min(Integer.MAX_VALUE - 16, maxLine().asLongValue()), maxField(), maxDepth(),
                maxUnpacked().asLongValue(), maxRatio());
    }
}
