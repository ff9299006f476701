package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoraSpecTest {
    private static final String QUERY = "model.layers.%d.self_attn.q_proj";
    private static final ModelConfig CONFIG = ModelConfig.llama(260, 16, 24, 12, 4, 2, 64, false, 256, 257);

    private static LoraSpec spec(ModuleFilter targets, List<Integer> layers) {
        return new LoraSpec(4, 8, 0, false, targets, ModuleFilter.NONE, layers, Map.of(), Map.of());
    }

    @Test
    void allLinearTakesTheSevenProjectionsOfEachLayerAndLeavesTheHead() {
        assertThat(new LoraSpec(4, 8).modules(CONFIG)).hasSize(7 * 12).contains("model.layers.11.mlp.down_proj")
                .doesNotContain("lm_head", "model.embed_tokens");
    }

    @Test
    void aListTakesNamesAndEndingsButNoParts() {
        assertThat(spec(ModuleFilter.named("q_proj", "model.layers.3.mlp.up_proj"), List.of()).modules(CONFIG))
                .hasSize(13).contains("model.layers.0.self_attn.q_proj", "model.layers.3.mlp.up_proj");
        assertThatThrownBy(() -> spec(ModuleFilter.named("proj"), List.of()).modules(CONFIG))
                .isInstanceOf(ModelFormatException.class).hasMessageContaining("[proj]").hasMessageContaining("q_proj");
    }

    @Test
    void aRegularExpressionMustMatchTheWholeName() {
        assertThat(spec(ModuleFilter.matching(".*\\.(1|2)\\..*(q|v)_proj"), List.of()).modules(CONFIG)).hasSize(4);
        assertThatThrownBy(() -> spec(ModuleFilter.matching("q_proj"), List.of()).modules(CONFIG))
                .isInstanceOf(ModelFormatException.class);
        assertThatThrownBy(() -> ModuleFilter.matching("(q")).isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("'(q' is no regular expression");
    }

    @Test
    void layersChooseAmongModulesThatAreListed() {
        assertThat(spec(ModuleFilter.named("q_proj"), List.of(1, 10)).modules(CONFIG))
                .containsExactly(QUERY.formatted(1), QUERY.formatted(10));
    }

    @Test
    void excludedModulesAreLeftOut() {
        LoraSpec spec = new LoraSpec(4, 8, 0, false, ModuleFilter.allLinear(), ModuleFilter.named("q_proj"), List.of(),
                Map.of(), Map.of());
        assertThat(spec.modules(CONFIG)).hasSize(6 * 12).noneMatch(m -> m.endsWith("q_proj"));
    }

    @Test
    void theFirstPatternThatEndsAModulesNameGivesItsRankAndItsAlpha() {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        ranks.put("down_proj", 6);
        ranks.put("layers.1.self_attn.q_proj", 2);
        ranks.put("layers.\\d.self_attn.q_proj", 3);
        LoraSpec spec = new LoraSpec(8, 16, 0, false, ModuleFilter.allLinear(), ModuleFilter.NONE, List.of(), ranks,
                Map.of("down_proj", 3.0));
        assertThat(spec.rank("model.layers.4.mlp.down_proj")).isEqualTo(6);
        assertThat(spec.scale("model.layers.4.mlp.down_proj")).isEqualTo(0.5);
        assertThat(spec.rank(QUERY.formatted(1))).isEqualTo(2);
        assertThat(spec.rank(QUERY.formatted(2))).isEqualTo(3);
        assertThat(spec.rank(QUERY.formatted(11))).isEqualTo(8);
        assertThat(spec.scale(QUERY.formatted(11))).isEqualTo(2);
    }

    @Test
    void rankStabilisedScalingDividesByTheRoot() {
        LoraSpec spec = new LoraSpec(16, 8, 0, true, ModuleFilter.allLinear(), ModuleFilter.NONE, List.of(), Map.of(),
                Map.of());
        assertThat(spec.scale(QUERY.formatted(0))).isEqualTo(2);
    }

    @Test
    void embeddingsAndImpossibleNumbersAreRefused() {
        assertThatThrownBy(() -> spec(ModuleFilter.named("embed_tokens", "q_proj"), List.of()).modules(CONFIG))
                .isInstanceOf(ModelFormatException.class).hasMessageContaining("embed_tokens");
        assertThatThrownBy(() -> new LoraSpec(0, 8)).hasMessageContaining("ranks must be at least 1");
        assertThatThrownBy(() -> new LoraSpec(4, 8, 1, ModuleFilter.allLinear())).hasMessageContaining("[0, 1)");
    }
}
