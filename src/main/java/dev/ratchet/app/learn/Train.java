package dev.ratchet.app.learn;

import picocli.CommandLine.Command;

/** Trains models on files. */
@Command(name = "train", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "OBJECTIVE",
        description = "Trains a model on JSON Lines and writes it as a folder.",
        subcommands = {TrainSupervised.class, TrainReward.class, TrainPreference.class, TrainKto.class,
            TrainOnline.Rloo.class, TrainOnline.Grpo.class, TrainBagOfWords.class})
public final class Train {
}
