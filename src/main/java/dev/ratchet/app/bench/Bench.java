package dev.ratchet.app.bench;

import picocli.CommandLine.Command;

/** The verb {@code bench}: measurements whose last line is one line of JSON. */
@Command(
        name = "bench",
        description = "Measures speed and memory; the last line is one line of JSON.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "WHAT",
        subcommands = {TrainBench.class, DpoBench.class, ScalingBench.class, GenerateBench.class,
            RatingBench.class, ImportBench.class, QualityBench.class})
public final class Bench {
}
