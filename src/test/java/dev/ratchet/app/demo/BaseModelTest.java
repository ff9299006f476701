package dev.ratchet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.tensor.ComputeType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseModelTest {

    private static final int PROMPTS = 600;

    @TempDir
    static Path folder;

    private static LanguageModel model;
    private static List<Corpus.Dialogue> samples;

    private final Rubric rubric = new Rubric(Scenario.load());

    @BeforeAll
    static void sample() throws Exception {
        model = LanguageModel.load(BaseModel.extract(folder), ComputeType.FLOAT32);
        samples = BaseModel.sample(model, PROMPTS, 11);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void theModelIsSmall() throws Exception {
        assertThat(model.config().parameters()).isBetween(1_500_000L, 2_000_000L);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(12_000_000);
        }
    }

    @Test
    void repliesToHeldOutWordingsAreReadableAndOnTopicAndUnevenInStyle() {
        StyleProfile profile = StyleProfile.of(rubric, samples);
        System.out.print(profile.table());
        assertThat(profile.rightAndReadable()).isGreaterThanOrEqualTo(0.75);
        assertThat(profile.traits().values()).allMatch(share -> share >= 0.30 && share <= 0.70);
    }

    @Test
    void styleVariesAmongRepliesToTheSamePrompt() {
        List<String> prompts = samples.stream().limit(20).map(Corpus.Dialogue::prompt).toList();
        List<StyleProfile> profiles = new ArrayList<>();
        for (String prompt : prompts) {
            profiles.add(StyleProfile.of(rubric, BaseModel.replies(model, prompt, 16, 3)));
        }
        // Of 16 replies about half have a trait: none or all of them would say that the prompt alone decides it.
        for (Trait trait : Trait.values()) {
            assertThat(profiles.stream().filter(p -> p.traits().get(trait) > 0 && p.traits().get(trait) < 1).count())
                    .as(trait.title()).isGreaterThanOrEqualTo(14);
        }
    }

    @Test
    void aReplyFitsTheTimeOfTheLoop() {
        int[] tokens = samples.stream().mapToInt(d ->
                model.example(List.of(new Message("user", d.prompt())), d.reply()).completion().length).toArray();
        assertThat(Arrays.stream(tokens).average().orElseThrow()).isBetween(20.0, 36.0);
    }

    @Test
    void carefulReviewersAgreeWithTheRubricOnTwoSamplesOfTheBase() {
        List<Corpus.Dialogue> others = BaseModel.sample(model, PROMPTS, 11, 12);
        SimulatedReviewer reviewer = new SimulatedReviewer(rubric, SimulatedReviewer.Character.CAREFUL, 5);
        int agree = 0;
        int judged = 0;
        for (int pass = 0; pass < 5; pass++) {
            for (int i = 0; i < PROMPTS; i++) {
                String prompt = samples.get(i).prompt();
                String left = samples.get(i).reply();
                String right = others.get(i).reply();
                double difference = rubric.score(prompt, right) - rubric.score(prompt, left);
                if (difference != 0 && reviewer.judge(prompt, left, right) instanceof Judgement.Preference preference) {
                    judged++;
                    agree += Math.signum(difference) == Math.signum(preference.strength()) ? 1 : 0;
                }
            }
        }
        System.out.printf("careful reviewers agree with the rubric in %.3f of %d judgements%n", agree / (double) judged,
                judged);
        assertThat(agree / (double) judged).isBetween(0.75, 0.85);
    }
}
