package io.squadron.driver.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Writes well-formed markup that is HTML and XML at once. Everything that comes in as text or attribute is escaped; only
 * {@link #raw} is not, and it takes nothing but what another Markup wrote. Mutable.
 */
final class Markup {
    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** @param attributes name, value, name, value ... */
    Markup open(String tag, String... attributes) {
        start(tag, attributes);
        text.append('>');
        open.push(tag);
        return this;
    }

    Markup close() {
        text.append("</").append(open.pop()).append(">\n");
        return this;
    }

    Markup text(String content) {
        escape(content);
        return this;
    }

    /** A whole element with text inside. */
    Markup element(String tag, String content, String... attributes) {
        start(tag, attributes);
        text.append('>');
        escape(content);
        text.append("</").append(tag).append('>');
        return this;
    }

    /** An element without content. */
    Markup leaf(String tag, String... attributes) {
        start(tag, attributes);
        text.append("/>");
        return this;
    }

    /** Markup that was written and escaped elsewhere. */
    Markup raw(String markup) {
        text.append(markup);
        return this;
    }

    /** A coordinate: at most two digits behind the point. */
    static String n(double value) {
        String digits = String.format(Locale.ROOT, "%.2f", value);
        return digits.replaceAll("\\.?0+$", "").replaceAll("^-0$", "0");
    }

    private void start(String tag, String... attributes) {
        text.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            text.append('"');
        }
    }

    private void escape(String content) {
        content.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                default -> text.appendCodePoint(allowed(point) ? point : 0xFFFD);
            }
        });
    }

    /** What XML 1.0 lets a document hold. */
    private static boolean allowed(int point) {
        boolean control = point < 0x20 && point != '\n' && point != '\t' && point != '\r';
        boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
        return !control && !surrogate && point != 0xFFFE && point != 0xFFFF;
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("Cannot finish markup: <" + open.peek() + "> is open");
        }
        return text.toString();
    }
}
