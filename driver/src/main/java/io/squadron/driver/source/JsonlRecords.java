package io.squadron.driver.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.dataset.Split;
import io.squadron.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes through lines of JSON objects; lines with nothing on them are passed over. */
final class JsonlRecords {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_LINE = 1 << 20;

    private final String uri;
    private final InputStream in;
    private final SourceOptions.Columns asked;
    private long position;
    private long line;
    private JsonNode record = JSON.createObjectNode();
    private TableColumns columns = new TableColumns("", "", Optional.empty());

    JsonlRecords(String uri, InputStream in, SourceOptions.Columns asked) {
        this.uri = uri;
        this.in = in;
        this.asked = asked;
    }

    /** Goes to the next record; false at the end. Fails with DATA where a line is none. */
    boolean advance() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (readLine(bytes)) {
            line++;
            String text = bytes.toString(UTF_8).strip();
            if (!text.isEmpty()) {
                parse(text);
                return true;
            }
        }
        return false;
    }

    /** Where the next record begins. */
    long position() {
        return position;
    }

    /** Of this record, from 1. */
    long line() {
        return line;
    }

    String path() {
        return record.path(columns.image()).asText().strip();
    }

    LabelText said() {
        Optional<Split> split = columns.split()
                .map(name -> record.path(name).asText())
                .flatMap(word -> CsvLayout.split(uri, line, word));
        return new LabelText(record.path(columns.label()).asText().strip(), split);
    }

    /** False at the end of the file. */
    private boolean readLine(ByteArrayOutputStream bytes) throws IOException {
        bytes.reset();
        int next = in.read();
        if (next < 0) {
            return false;
        }
        while (next >= 0) {
            position++;
            if (next == '\n') {
                return true;
            }
            bytes.write(next);
            if (bytes.size() > LONGEST_LINE) {
                line++;
                throw damaged("it is longer than " + LONGEST_LINE + " bytes");
            }
            next = in.read();
        }
        return true;
    }

    private void parse(String text) {
        try {
            record = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw damaged("it is no JSON (" + e.getOriginalMessage() + ")");
        }
        if (!record.isObject()) {
            throw damaged("it is no JSON object");
        }
        List<String> names = new ArrayList<>();
        record.fieldNames().forEachRemaining(names::add);
        columns = TableColumns.ofPaths(uri + ", line " + line, names, asked);
        if (path().isEmpty() || said().label().isEmpty()) {
            throw damaged("path '" + path() + "', label '" + said().label() + "' (expected both)");
        }
    }

    private Failure damaged(String what) {
        return Failure.data("Cannot read %s, line %d: %s. Correct the file", uri, line, what);
    }
}
