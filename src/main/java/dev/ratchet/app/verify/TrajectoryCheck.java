package dev.ratchet.app.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.Adapter;
import dev.ratchet.lm.AdapterFolder;
import dev.ratchet.lm.Example;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.Row;
import dev.ratchet.lm.SupervisedExample;
import dev.ratchet.lm.SupervisedTrainer;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.preference.Dpo;
import dev.ratchet.preference.PreferenceTrainer;
import dev.ratchet.reward.PreferencePair;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.reward.RewardSpec;
import dev.ratchet.reward.RewardTrainer;
import dev.ratchet.tensor.ComputeType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A training run step by step: tokens of the first row, losses, gradient norms, and what the trained model says. */
record TrajectoryCheck(String item, Path file, ModelFolders models) implements Check {
    @Override
    public void run(Comparison comparison) throws IOException {
    }
}
