package io.squadron.exchange.pth;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The few words of Python's pickle protocol 2 that a state dict needs; the bytes are those of {@code pickletools}. Nothing is
 * remembered and named again, which costs some bytes and keeps it plain.
 */
final class PickleWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleWriter() {
        out.write(0x80);
        out.write(2);
    }

    PickleWriter global(String module, String name) {
        out.write('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    PickleWriter text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        four(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    PickleWriter number(int number) {
        out.write('J');
        four(number);
        return this;
    }

    PickleWriter no() {
        out.write(0x89);
        return this;
    }

    /** Begins what {@link #tuple} or {@link #items} ends. */
    PickleWriter mark() {
        out.write('(');
        return this;
    }

    PickleWriter tuple() {
        out.write('t');
        return this;
    }

    /** Calls the global below the topmost tuple with it. */
    PickleWriter reduce() {
        out.write('R');
        return this;
    }

    /** Makes the topmost value stand for something outside the pickle. */
    PickleWriter persistent() {
        out.write('Q');
        return this;
    }

    /** Puts the pairs since the mark into the dictionary below it. */
    PickleWriter items() {
        out.write('u');
        return this;
    }

    PickleWriter orderedDictionary() {
        global("collections", "OrderedDict");
        out.write(')');
        return reduce();
    }

    byte[] end() {
        out.write('.');
        return out.toByteArray();
    }

    private void four(int number) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array());
    }
}
