package dev.ratchet.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Every piece of a rendered answer names where it stands in the raw text. */
class PlacedTextTest {
    private final Markdown markdown = new Markdown();

    @Test
    void eachPieceOfPlainWordsIsTheRawTextAtItsPlace() {
        String raw = """
                # A *title* 🚚

                Some **bold** words, `a code`, <b>tags</b> and [a link](https://example.org).
                > quoted *too*

                - one
                - two

                | a | b |
                |---|---|
                | 1 | two words |
                """;
        Element page = page(raw);
        assertThat(page.select("[data-at]")).hasSizeGreaterThan(12).allSatisfy(piece -> assertThat(
                raw.substring(Integer.parseInt(piece.attr("data-at")), Integer.parseInt(piece.attr("data-to"))))
                .isEqualTo(piece.wholeText()));
        assertThat(page.text()).contains("two words");
    }

    @Test
    void anEscapeAndAnEntityKeepTheirWholePlace() {
        Element page = page("3 \\* 4 &amp; 5");
        assertThat(page.text()).isEqualTo("3 * 4 & 5");
        assertThat(page.select("[data-at]").first().attr("data-at")).isEqualTo("0");
        assertThat(page.select("[data-at]").last().attr("data-to")).isEqualTo("14");
    }

    @Test
    void theLinesOfCodeAreFoundAlsoWithinAList() {
        String raw = "- see\n\n  ```java\n  int a;\n\n  int b;\n  ```\n\nend";
        Element code = page(raw).selectFirst("code");
        assertThat(code.className()).isEqualTo("language-java");
        int[] places = Arrays.stream(code.attr("data-lines").split(" ")).mapToInt(Integer::parseInt).toArray();
        assertThat(raw.substring(places[0])).startsWith("int a;");
        assertThat(raw.substring(places[2])).startsWith("int b;");
    }

    @Test
    void formulasAreKeptWholeAndMoneyIsNone() {
        Element page = page("$a_1 * b_2$ costs $5 or $10, \\(x\\), and\n\n$$\n\\frac{1}{2}\n$$");
        assertThat(page.select(".math").eachText()).containsExactly("$a_1 * b_2$", "\\(x\\)", "$$ \\frac{1}{2} $$");
        assertThat(page.select(".math.display")).hasSize(1);
        assertThat(page.select("em")).isEmpty();
    }

    @Test
    void aFormulaOrALanguageCannotAct() {
        Element page = page("$\\href{javascript:alert(1)}{x}<img src=x onerror=alert(1)>$\n\n```x\" onclick=\"a\n```");
        assertThat(page.select("img, a, [onclick]")).isEmpty();
    }

    private Element page(String raw) {
        return Jsoup.parseBodyFragment(markdown.renderPlaced(raw).getValue()).body();
    }
}
