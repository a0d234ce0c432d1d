package io.squadron.exchange.torch;

import io.squadron.exchange.ByteRanges;
import io.squadron.failure.Failure;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The bytes of pickles, one after the other; a length is checked before anything is allocated for it. */
final class PickleBytes {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_LINE = 1 << 12;
    private static final int LONGEST = 1 << 28;

    private final ByteRanges file;
    private final long end;
    private long next;
    private byte[] buffer = new byte[0];
    private int at;

    /** The bytes {@code begin} to {@code end} of {@code file}. */
    PickleBytes(ByteRanges file, long begin, long end) {
        this.file = file;
        this.next = begin;
        this.end = end;
    }

    /** The place in the file of the byte that comes next. */
    long position() {
        return next - (buffer.length - at);
    }

    int one() {
        if (at == buffer.length) {
            if (next >= end) {
                throw damaged("its pickle ends too early");
            }
            int some = (int) Math.min(BUFFER, end - next);
            buffer = file.bytes(next, some);
            next += some;
            at = 0;
        }
        return buffer[at++] & 0xFF;
    }

    byte[] bytes(long count) {
        if (count < 0 || count > Math.min(end - position(), LONGEST)) {
            throw damaged("its pickle claims %d bytes where there are %d", count, end - position());
        }
        byte[] bytes = new byte[(int) count];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) one();
        }
        return bytes;
    }

    /** An unsigned number of {@code size} bytes, or a signed one of 8. */
    long number(int size) {
        byte[] bytes = new byte[Long.BYTES];
        System.arraycopy(bytes(size), 0, bytes, 0, size);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** A signed number of any length, which is Python's way. */
    BigInteger integer(long count) {
        if (count > BUFFER) {
            throw damaged("its pickle has a number of %d bytes", count);
        }
        byte[] little = bytes(count);
        byte[] big = new byte[little.length + 1];
        for (int i = 0; i < little.length; i++) {
            big[little.length - i] = little[i];
        }
        big[0] = (byte) (little.length > 0 && little[little.length - 1] < 0 ? -1 : 0);
        return new BigInteger(big);
    }

    String text(long length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(length)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw damaged("its pickle has a text that is not UTF-8").causedBy(e);
        }
    }

    String line() {
        StringBuilder text = new StringBuilder();
        for (int c = one(); c != '\n'; c = one()) {
            if (text.length() == LONGEST_LINE) {
                throw damaged("its pickle has a line of more than %d characters", LONGEST_LINE);
            }
            text.append((char) c);
        }
        return text.toString();
    }

    Failure damaged(String format, Object... values) {
        return Failure.data(
                "Cannot read %s: %s (expected a file of torch.save). Get it again",
                file.uri(), String.format(Locale.ROOT, format, values));
    }

    /** A name that is not allowed. */
    Failure refused(String name) {
        return Failure.data(
                "Cannot read %s: its pickle asks for '%s', which may run code (expected dictionaries of tensors alone). "
                        + "Do not load it anywhere unless you trust its source; where you do, save only the state dict, "
                        + "torch.save(model.state_dict(), file), or better as safetensors",
                file.uri(), printable(name));
    }

    /** Names come from strangers and go to terminals. */
    private static String printable(String name) {
        String shown = name.length() > 200 ? name.substring(0, 200) + "..." : name;
        return shown.replaceAll("[^\\x20-\\x7E]", "?");
    }
}
