package dev.ratchet.lm.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-03T09:05:00Z"), ZoneOffset.UTC);

    private static String render(String template) {
        return Template.parse(template).render(Map.of("messages", List.of(Map.of("role", "user", "content", "hi"))),
                CLOCK).text();
    }

    /** Templates and what transformers 5.23 with Jinja 3.1.6 made of them, or that they failed there. */
    @TestFactory
    Stream<DynamicTest> templatesRenderAsJinjaRendersThem() throws IOException {
        JsonNode root;
        try (InputStream stream = TemplateTest.class.getResourceAsStream("/jinja/cases.json")) {
            root = JSON.readTree(stream);
        }
        Map<String, Object> variables = JSON.convertValue(root.path("variables"),
                JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
        variables.put("add_generation_prompt", true);
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode known : root.path("cases")) {
            String source = known.path("template").asText();
            tests.add(DynamicTest.dynamicTest(source.lines().findFirst().orElse(""), () -> {
                if (known.has("fails")) {
                    assertThatThrownBy(() -> Template.parse(source).render(variables, CLOCK))
                            .isInstanceOf(TemplateException.class);
                    return;
                }
                Rendering rendering = Template.parse(source).render(variables, CLOCK);
                assertThat(rendering.text()).isEqualTo(known.path("text").asText());
                List<List<Integer>> spans = new ArrayList<>();
                rendering.generated().forEach(s -> spans.add(List.of(
                        rendering.text().codePointCount(0, s.begin()), rendering.text().codePointCount(0, s.end()))));
                List<List<Integer>> expected = new ArrayList<>();
                known.path("generated").forEach(s -> expected.add(List.of(s.get(0).asInt(), s.get(1).asInt())));
                assertThat(spans).isEqualTo(expected);
            }));
        }
        return tests.stream();
    }

    @Test
    void aTemplateMayRefuseAConversationInItsOwnWords() {
        assertThatThrownBy(() -> render("{{ raise_exception('Only ' ~ messages|length + 1 ~ ' turns') }}"))
                .isInstanceOf(TemplateException.class);
        assertThatThrownBy(() -> render("{% if messages %}{{ raise_exception('no turns, please') }}{% endif %}"))
                .isInstanceOf(TemplateRefusal.class).hasMessage("no turns, please");
    }

    @Test
    void theDateComesFromTheClock() {
        assertThat(render("{{ strftime_now('%d %b %Y, %H:%M %-d %%') }}")).isEqualTo("03 Nov 2026, 09:05 3 %");
    }

    @Test
    void aFailureNamesTheLine() {
        assertThatThrownBy(() -> render("a\nb\n{{ nothing.at.all }}")).hasMessageContaining("'nothing'")
                .hasMessageContaining("Line 3");
        assertThatThrownBy(() -> render("a\n{% include 'x' %}")).hasMessageContaining("include")
                .hasMessageContaining("line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}{% endfor %}{% endfor %}{% endfor %}",
            "{% for a in range(100000) %}{% for b in range(100000) %}xxxxxxxxxxxxxxxxxxxxxx{% endfor %}{% endfor %}",
            "{{ 'x' * 1000000000 }}",
            "{{ ['x'] * 1000000000 }}",
            "{{ range(1000000000) }}",
            "{% set ns = namespace(s='xx') %}{% for i in range(100) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
            "{% set ns = namespace(s='xx') %}{% for i in range(100) %}{% set ns.s = ns.s|replace('x', 'xx') %}{% endfor %}",
            "{% set ns = namespace(s=['xx']) %}{% for i in range(100) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s }}",
            "{% set ns = namespace(s=['xx']) %}{% for i in range(100) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}"
                    + "{{ ns.s|tojson }}",
            "{% set ns = namespace(s=['xx']) %}{% for i in range(60) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}"
                    + "{{ ns.s == ns.s }}",
            "{% set ns = namespace(s=['xx']) %}{% for i in range(60) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}"
                    + "{{ {ns.s: 1} }}",
            "{% set ns = namespace(s=['xx']) %}{% for i in range(60) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}"
                    + "{{ [ns.s, ns.s]|unique }}{{ ns.s in {} }}",
            "{% set ns = namespace() %}{% set ns.self = ns %}{{ ns }}",
            "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}",
            "{{ 9 ** 9 ** 9 ** 9 }}",
            "{{ ('x' * 100000 ~ 'y') in 'x' * 200000 }}",
            "{{ ('x' * 200000).split('x' * 100000 ~ 'y') }}",
            "{{ ('x' * 200000).rfind('y' ~ 'x' * 100000) }}",
            "{{ ('x' * 200000).count('x' * 100000 ~ 'y') }}",
            "{{ ('x' * 200000)|replace('x' * 100000 ~ 'y', '') }}",
            "{{ ('x' * 200000).strip('y' * 100000 ~ 'x') }}",
            "{% set s = 'x ' * 500000 %}{% for i in range(100000) %}{{ s.rsplit(' ')|length }}{% endfor %}",
            "{% set s = 'x' * 1000000 %}{% for i in range(100000) %}{{ s|length }}{% endfor %}",
            "{% set s = 'x' * 1000000 %}{% for i in range(100000) %}{{ s[-1] }}{% endfor %}",
            "{% set s = ' ' * 1000000 %}{% for i in range(100000) %}{{ s|int }}{{ s|float }}{% endfor %}",
            "{% set s = 'x' * 1000000 %}{% for i in range(100000) %}{{ s is lower }}{% endfor %}",
            "{{ strftime_now('%Y' * 100000) }}",
            "{{ 'a'|indent('x' * 4000000) ~ ('a\n' * 100000)|indent('x' * 4000) }}"})
    void aTemplateThatAsksForTooMuchIsStopped(String template) {
        org.junit.jupiter.api.Assertions.assertTimeout(Duration.ofSeconds(10), () ->
                assertThatThrownBy(() -> render(template)).isInstanceOf(TemplateException.class));
    }

    @Test
    void ordinarySearchesInLongTextsStayWithinTheBounds() {
        assertThat(render("{% set s = 'x ' * 100000 %}{{ s.rsplit(' ', 1)|length }} {{ s.rsplit(' ')|length }}"
                + " {{ '</think>' in s }} {{ s.split('</think>')|length }} {{ 'a-b-c'.rsplit('-')|join('+') }}"))
                .isEqualTo("2 100001 False 1 a+b+c");
    }

    @Test
    void aFaultOfATemplateIsATemplateException() {
        for (String template : List.of("{{ [none]|min }}", "{{ {none: 1, 'a': 2}|tojson(sort_keys=true) }}",
                "{{ [none]|sum }}", "{{ [none, none]|sort }}")) {
            assertThatThrownBy(() -> render(template)).as(template).isInstanceOf(TemplateException.class);
        }
    }

    @Test
    void deepAndLongTemplatesAreRefusedAndNotOverflowed() {
        for (String template : List.of("{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}",
                "{{ " + "-".repeat(100_000) + "1 }}", "{{ 1" + " + 1".repeat(100_000) + " }}",
                "{{ x" + "[x".repeat(100_000) + "]".repeat(100_000) + " }}", "{{ " + "not ".repeat(100_000) + "1 }}",
                "{% if true %}".repeat(50_000) + "{% endif %}".repeat(50_000),
                "{{ 1" + " if 1 else 1".repeat(50_000) + " }}", "{{ a" + ".a".repeat(200_000) + " }}",
                "{{ '" + "x".repeat(2_000_000) + "' }}", "{{ [" + "1,".repeat(100_000) + "] }}")) {
            assertThatThrownBy(() -> render(template)).as(template.substring(0, 20))
                    .isInstanceOf(TemplateException.class);
        }
    }

    @Test
    void manyElifsAndLongBodiesAreNoProblem() {
        assertThat(render("{% if false %}" + "{% elif false %}".repeat(5_000) + "{% else %}x{% endif %}")).isEqualTo("x");
        assertThat(render("{{ 1 }}".repeat(20_000))).hasSize(20_000);
    }
}
