package io.squadron.driver.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.squadron.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of a table as text (RFC 4180): fields apart by a delimiter, records by line ends; a field that begins with a double
 * quote ends with one, may hold delimiters and line ends, and has its own quotes doubled. In UTF-8. Works on bytes, so that
 * a record's place in the file is known and a task can begin there. Lines without anything on them are passed over.
 */
final class CsvRecords {
    private static final int END = -1;
    private static final int LONGEST_RECORD = 1 << 20;

    private final String uri;
    private final InputStream in;
    private final int delimiter;
    private int next;
    private long position;
    private long line = 1;

    /** Begins at the next byte of {@code in}, which is byte {@code position} of the file {@code uri}. */
    CsvRecords(String uri, InputStream in, int delimiter, long position) throws IOException {
        this.uri = uri;
        this.in = in;
        this.delimiter = delimiter;
        this.position = position;
        this.next = in.read();
    }

    /** Of the next record: where it begins. */
    long position() {
        return position;
    }

    /** Of the next record, counted from where reading began, from 1. */
    long line() {
        return line;
    }

    /** The fields of the next record; none at the end. Fails with DATA where quotes do not pair. */
    List<String> next() throws IOException {
        while (next == '\n' || next == '\r') {
            advance();
        }
        List<String> fields = new ArrayList<>();
        if (next == END) {
            return fields;
        }
        long began = position;
        fields.add(field(began));
        while (next == delimiter) {
            advance();
            fields.add(field(began));
        }
        if (next == '\r') {
            advance();
        }
        if (next == '\n') {
            advance();
        }
        return fields;
    }

    private String field(long began) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        if (next == '"') {
            quoted(text, began);
            if (next != delimiter && next != '\n' && next != '\r' && next != END) {
                throw damaged("a quote ends within a field");
            }
        } else {
            while (next != delimiter && next != '\n' && next != '\r' && next != END) {
                if (next == '"') {
                    throw damaged("a quote begins within a field");
                }
                take(text, began);
            }
        }
        return text.toString(UTF_8);
    }

    private void quoted(ByteArrayOutputStream text, long began) throws IOException {
        long opened = line;
        advance();
        while (true) {
            if (next == END) {
                throw damaged("the quote that line " + opened + " opens is never closed");
            }
            if (next == '"') {
                advance();
                if (next != '"') {
                    return;
                }
            }
            take(text, began);
        }
    }

    private void take(ByteArrayOutputStream text, long began) throws IOException {
        if (position - began > LONGEST_RECORD) {
            throw damaged("a record is longer than " + LONGEST_RECORD + " bytes");
        }
        text.write(next);
        advance();
    }

    private void advance() throws IOException {
        line += next == '\n' ? 1 : 0;
        position++;
        next = in.read();
    }

    private Failure damaged(String what) {
        return Failure.data("Cannot read %s, line %d: %s. Correct the file", uri, line, what);
    }
}
