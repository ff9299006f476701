package dev.ratchet.lm.jinja;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;

/** Values as Python writes them: {@code str(value)}, with {@code repr} for what is inside. */
final class Representation {
    private Representation() {
    }

    /** As {@code str(value)}. */
    static String print(Run run, Object value) {
        if (value instanceof String text) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        represent(run, value, out);
        return run.budget().made(out.toString());
    }

    private static void represent(Run run, Object value, StringBuilder out) {
        run.budget().spend(1);
        run.budget().requireLength(out.length());
        if (value == null) {
            out.append("None");
        } else if (value instanceof Boolean b) {
            out.append(b ? "True" : "False");
        } else if (value instanceof Double d) {
            out.append(print(d));
        } else if (value instanceof Long) {
            out.append(value);
        } else if (value instanceof String text) {
            run.budget().spend(text.length());
            quote(text, out);
        } else if (value instanceof List<?> list) {
            boolean tuple = value instanceof Tuple;
            out.append(tuple ? '(' : '[');
            run.budget().enter();
            String separator = "";
            for (Object each : list) {
                out.append(separator);
                represent(run, each, out);
                separator = ", ";
            }
            run.budget().leave();
            out.append(tuple && list.size() == 1 ? "," : "").append(tuple ? ')' : ']');
        } else if (value instanceof Map<?, ?> || value instanceof Namespace) {
            Map<?, ?> map = value instanceof Namespace n ? n.attributes() : (Map<?, ?>) value;
            out.append(value instanceof Namespace ? "<Namespace {" : "{");
            run.budget().enter();
            String separator = "";
            for (Map.Entry<?, ?> each : map.entrySet()) {
                out.append(separator);
                represent(run, each.getKey(), out);
                out.append(": ");
                represent(run, each.getValue(), out);
                separator = ", ";
            }
            run.budget().leave();
            out.append(value instanceof Namespace ? "}>" : "}");
        } else if (!(value instanceof Undefined)) {
            throw new TemplateException("The chat template prints an object that has no text.");
        }
    }

    /** As {@code repr(float)}: the shortest digits that give the number back. */
    static String print(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        } else if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shortest = exact;
        for (int digits = 1; digits <= 17; digits++) {
            shortest = exact.round(new MathContext(digits));
            if (shortest.doubleValue() == value) {
                break;
            }
        }
        shortest = shortest.stripTrailingZeros();
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String sign = value < 0 ? "-" : "";
        if (exponent < -4 || exponent >= 16) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                    + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        }
        String plain = shortest.abs().toPlainString();
        return sign + plain + (plain.indexOf('.') < 0 ? ".0" : "");
    }

    private static void quote(String text, StringBuilder out) {
        char mark = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(mark);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c == mark) {
                        out.append('\\').append(c);
                    } else if (c < ' ' || c >= 0x7f && c <= 0xa0 || c == 0xad) {
                        out.append(String.format("\\x%02x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append(mark);
    }
}
