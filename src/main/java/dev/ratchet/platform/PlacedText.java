package dev.ratchet.platform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

/**
 * Renders text so that a page knows where each piece stands in the raw text: {@code data-at} and {@code data-to} count
 * UTF-16 units; {@code data-lines} of a code block names the place of each of its lines, -1 where it has none.
 */
final class PlacedText implements NodeRenderer {
    private final HtmlNodeRendererContext context;
    private final HtmlWriter html;
    private final String raw;

    /** @param raw the text that was parsed; null to render without places */
    PlacedText(HtmlNodeRendererContext context, String raw) {
        this.context = context;
        this.html = context.getWriter();
        this.raw = raw;
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
        return raw == null ? Set.of(Mathematics.class) : Set.of(Mathematics.class, Text.class, Code.class,
                HtmlInline.class, HtmlBlock.class, FencedCodeBlock.class, IndentedCodeBlock.class);
    }

    @Override
    public void render(Node node) {
        if (node instanceof Mathematics formula) {
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("class", formula.display() ? "math display" : "math");
            if (raw != null) {
                attributes.putAll(place(node, formula.source()));
            }
            written("span", attributes, formula.source());
        } else if (node instanceof Text text) {
            placed(node, text.getLiteral());
        } else if (node instanceof HtmlInline tag) {
            placed(node, tag.getLiteral());
        } else if (node instanceof Code code) {
            written("code", place(node, code.getLiteral()), code.getLiteral());
        } else if (node instanceof HtmlBlock block) {
            html.line();
            html.tag("p");
            written("span", Map.of("data-lines", lines(node, block.getLiteral(), 0)), block.getLiteral());
            html.tag("/p");
            html.line();
        } else if (node instanceof FencedCodeBlock block) {
            Map<String, String> attributes = new LinkedHashMap<>();
            String info = block.getInfo() == null ? "" : block.getInfo().strip().split("\\s", 2)[0];
            if (!info.isEmpty()) {
                attributes.put("class", "language-" + info);
            }
            code(attributes, node, block.getLiteral(), 1);
        } else if (node instanceof IndentedCodeBlock block) {
            code(new LinkedHashMap<>(), node, block.getLiteral(), 0);
        }
    }

    private void code(Map<String, String> attributes, Node node, String literal, int firstLine) {
        attributes.put("data-lines", lines(node, literal, firstLine));
        html.line();
        html.tag("pre");
        written("code", attributes, literal);
        html.tag("/pre");
        html.line();
    }

    private void placed(Node node, String literal) {
        Map<String, String> place = place(node, literal);
        if (place.isEmpty()) {
            html.text(literal);
        } else {
            written("span", place, literal);
        }
    }

    private void written(String tag, Map<String, String> attributes, String text) {
        html.tag(tag, context.extendAttributes(null, tag, attributes));
        html.text(text);
        html.tag("/" + tag);
    }

    /** Where a piece of one line or several stands; exactly, where the raw text has it letter for letter. */
    private Map<String, String> place(Node node, String literal) {
        List<SourceSpan> spans = node.getSourceSpans();
        if (spans.isEmpty()) {
            return Map.of();
        }
        SourceSpan last = spans.get(spans.size() - 1);
        int at = spans.get(0).getInputIndex();
        int to = last.getInputIndex() + last.getLength();
        int exact = raw.indexOf(literal, at);
        if (exact >= at && exact + literal.length() <= to) {
            at = exact;
            to = exact + literal.length();
        }
        Map<String, String> place = new LinkedHashMap<>();
        place.put("data-at", Integer.toString(at));
        place.put("data-to", Integer.toString(to));
        return place;
    }

    private String lines(Node node, String literal, int firstLine) {
        List<SourceSpan> spans = node.getSourceSpans();
        // A blank line has no span.
        Map<Integer, SourceSpan> byLine = new HashMap<>();
        spans.forEach(span -> byLine.put(span.getLineIndex(), span));
        String[] lines = literal.split("\n", -1);
        List<String> places = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            SourceSpan span = spans.isEmpty() ? null : byLine.get(spans.get(0).getLineIndex() + firstLine + i);
            int at = -1;
            if (span != null) {
                int start = span.getInputIndex();
                int end = start + span.getLength();
                at = end - lines[i].length() >= start && raw.startsWith(lines[i], end - lines[i].length())
                        ? end - lines[i].length() : -1;
            }
            places.add(Integer.toString(at));
        }
        return String.join(" ", places);
    }
}
