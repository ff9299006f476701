package dev.ratchet.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.qute.RawString;
import jakarta.inject.Singleton;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/** Turns markdown that models and people wrote, which nobody trusts, into HTML that a page may show. */
@Singleton
public class Markdown {
    /** Longer texts are shown as they are: nobody reads them formatted, and parsing them costs. */
    private static final int LONGEST_FORMATTED = 200_000;

    private static final int DEEPEST = 100;

    /** Characters of rendered texts that are kept in memory: a task's texts are shown to several reviewers in a row. */
    private static final int MOST_KEPT = 8_000_000;

    private final Parser parser = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .customInlineContentParserFactory(new Mathematics.Factory())
            .build();
    private final HtmlRenderer renderer = renderer(null);
    private final PolicyFactory policy = new HtmlPolicyBuilder()
            .allowElements(
                    "p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "h1", "h2", "h3",
                    "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "a", "span")
            .allowAttributes("start").matching(value -> value.matches("\\d{1,9}")).onElements("ol")
            .allowAttributes("align").matching(true, "left", "right", "center").onElements("th", "td")
            .allowAttributes("href").onElements("a")
            .allowAttributes("class").matching(value -> value.matches("math( display)?")).onElements("span")
            .allowAttributes("class").matching(value -> value.matches("language-[\\w+#.-]{1,40}")).onElements("code")
            .allowAttributes("data-at", "data-to").matching(value -> value.matches("\\d{1,9}"))
            .onElements("span", "code")
            .allowAttributes("data-lines").matching(value -> value.matches("[-\\d ]*")).onElements("span", "code")
            .allowUrlProtocols("http", "https", "mailto")
            .requireRelsOnLinks("nofollow", "noopener", "noreferrer")
            .toFactory();

    private final Cache<String, RawString> placed = Caffeine.newBuilder().maximumWeight(MOST_KEPT)
            .weigher((String text, RawString html) -> text.length() + html.getValue().length()).build();

    /**
     * Renders CommonMark with tables. HTML in the text is shown as text, never obeyed; images become links, so that a
     * reply cannot make a reviewer's browser call another site.
     *
     * @param text markdown; null counts as empty
     * @return sanitised HTML
     */
    public RawString render(String text) {
        return render(text, false);
    }

    /**
     * Renders as {@link #render} does, and names where each piece stands in the text, so that a part of it can be
     * marked: see {@link PlacedText}.
     */
    public RawString renderPlaced(String text) {
        return text == null ? render(text) : placed.get(text, known -> render(known, true));
    }

    private RawString render(String text, boolean placed) {
        if (text == null || text.isEmpty()) {
            return new RawString("");
        }
        if (text.length() > LONGEST_FORMATTED) {
            return plain(text, placed);
        }
        Node document = parser.parse(text);
        if (nestsTooDeep(document)) {
            return plain(text, placed);
        }
        imagesToLinks(document);
        return new RawString(policy.sanitize((placed ? renderer(text) : renderer).render(document)));
    }

    private static HtmlRenderer renderer(String placedIn) {
        return HtmlRenderer.builder()
                .extensions(List.of(TablesExtension.create()))
                .nodeRendererFactory(context -> new PlacedText(context, placedIn))
                .escapeHtml(true)
                .sanitizeUrls(true)
                // A reply's line break means a line break, as in every chat.
                .softbreak("<br />\n")
                .build();
    }

    /** The renderer descends into what a text nests, and nobody nests so deep but to break it. */
    private static boolean nestsTooDeep(Node document) {
        int depth = 0;
        Node node = document;
        while (true) {
            if (node.getFirstChild() != null) {
                node = node.getFirstChild();
                depth++;
                if (depth > DEEPEST) {
                    return true;
                }
                continue;
            }
            while (node.getNext() == null) {
                if (depth == 0) {
                    return false;
                }
                node = node.getParent();
                depth--;
            }
            node = node.getNext();
        }
    }

    private RawString plain(String text, boolean placed) {
        String words = escaped(text);
        return new RawString(policy.sanitize("<pre>" + (placed
                ? "<span data-at=\"0\" data-to=\"" + text.length() + "\">" + words + "</span>" : words) + "</pre>"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static void imagesToLinks(Node document) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                visitChildren(image);
                Link link = new Link(image.getDestination(), image.getTitle());
                for (Node child = image.getFirstChild(); child != null; child = image.getFirstChild()) {
                    link.appendChild(child);
                }
                if (link.getFirstChild() == null) {
                    link.appendChild(new org.commonmark.node.Text(image.getDestination()));
                }
                image.insertAfter(link);
                image.unlink();
            }
        });
    }
}
