package dev.ratchet.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
    private final Markdown markdown = new Markdown();

    @Test
    void formatsWhatPeopleWrite() {
        assertThat(html("**Hello**\nthere\n\n- one\n- two\n\n`code`"))
                .contains("<strong>Hello</strong><br", "<li>one</li>", "<code>code</code>");
    }

    @Test
    void drawsTables() {
        assertThat(html("| a | b |\n|---|--:|\n| 1 | 2 |")).contains("<table>", "<th>a</th>", "align=\"right\"");
    }

    @Test
    void saysOfLinksThatNobodyVouchesForThem() {
        assertThat(html("[site](https://example.org)"))
                .contains("href=\"https://example.org\"", "nofollow", "noopener");
    }

    @Test
    void showsAnImageAsALinkSoThatNoOtherSiteIsCalled() {
        assertThat(html("![cat](https://example.org/cat.png)"))
                .contains("href=\"https://example.org/cat.png\"", ">cat</a>")
                .doesNotContain("<img");
        assertThat(html("![](https://example.org/cat.png)")).contains("<a ").doesNotContain("<img");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<iframe src=javascript:alert(1)></iframe>",
        "<style>body{display:none}</style>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "![x](javascript:alert(1))",
        "[x](https://a.example\" onmouseover=\"alert(1))",
        "```\"><script>alert(1)</script>\n```",
        "``` x\" onclick=\"alert(1)\n```",
        "<form action=/logout method=post><button>x</button></form>",
        "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
        "| <script>alert(1)</script> |\n|---|\n| x |",
        "[a]: javascript:alert(1)\n\n[a]"
    })
    void letsNothingThroughThatActs(String payload) {
        org.jsoup.nodes.Document page = org.jsoup.Jsoup.parseBodyFragment(html(payload));
        assertThat(page.select("script, img, svg, iframe, style, form, button, object, embed")).isEmpty();
        assertThat(page.getAllElements()).allSatisfy(element -> assertThat(element.attributes())
                .allSatisfy(attribute -> {
                    assertThat(attribute.getKey()).doesNotStartWith("on").isNotEqualTo("style");
                    assertThat(attribute.getValue().toLowerCase()).doesNotContain("javascript:", "vbscript:", "data:");
                }));
    }

    @Test
    void takesNothingAndVeryMuch() {
        assertThat(html(null)).isEmpty();
        assertThat(html("<b>".repeat(100_000))).startsWith("<pre>&lt;b&gt;");
        for (String mark : new String[] {">", "> ", "- ", "*a ", "**a ", "*_", "[", "[a](", "1. ", "`", "- > ", "|"}) {
            assertThat(html(mark.repeat(20_000))).isNotNull();
            assertThat(html((mark.repeat(190) + "x\n").repeat(20))).isNotNull();
            assertThat(html(mark.repeat(1_500) + "x" + "*_".repeat(900))).isNotNull();
        }
    }

    private String html(String text) {
        return markdown.render(text).getValue();
    }
}
