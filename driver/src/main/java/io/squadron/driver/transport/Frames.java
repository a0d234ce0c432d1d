package io.squadron.driver.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.squadron.collective.Call;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Our messages as bytes, little-endian, inside the frames of Spark's transport. A message begins with its {@link Kind}; a
 * string is its length and UTF-8.
 *
 * <pre>
 * HELLO  kind 1 | magic 4 | version 4 | rank 4 | size 4 | lane 1 | run | attempt
 * ABORT  kind 1 | reason
 * LEAVE  kind 1
 * OFFER  kind 1 | sequence 1 | number 4 | verb 1 | root 4 | length 4 | what | floats 4 | doubles 4 | floats | doubles
 * piece  sequence 1 | number 4 | kind 1 | index 4                      the head of an upload whose body is values alone
 * reply  1 if welcome, else 0 | reason
 * </pre>
 */
final class Frames {
    enum Kind {
        HELLO,
        ABORT,
        LEAVE,
        OFFER
    }

    private static final int MAGIC = 0x4e445153; // "SQDN"

    private static final Code<Kind> KINDS = new Code<>(List.of(Kind.HELLO, Kind.ABORT, Kind.LEAVE, Kind.OFFER));
    private static final Code<Lane> LANES = new Code<>(List.of(Lane.PROMPT, Lane.DOWN, Lane.UP));
    private static final Code<Turn.Sequence> SEQUENCES =
            new Code<>(List.of(Turn.Sequence.CALLS, Turn.Sequence.BACKGROUND));
    private static final Code<Piece.Kind> PIECES = new Code<>(List.of(Piece.Kind.PART, Piece.Kind.RESULT));
    private static final Code<Call.Verb> VERBS =
            new Code<>(List.of(Call.Verb.SUM, Call.Verb.GATHER, Call.Verb.BROADCAST, Call.Verb.END));

    private Frames() {}

    static ByteBuffer hello(Hello hello) {
        byte[] run = utf8(hello.member().run());
        byte[] attempt = utf8(hello.member().attempt());
        ByteBuffer to = buffer(1 + 4 * 4 + 1 + 4 + run.length + 4 + attempt.length);
        to.put(KINDS.of(Kind.HELLO)).putInt(MAGIC).putInt(hello.version());
        to.putInt(hello.member().rank()).putInt(hello.member().size());
        to.put(LANES.of(hello.lane()));
        to.putInt(run.length).put(run).putInt(attempt.length).put(attempt);
        return to.flip();
    }

    /** Reads what follows the kind; a stranger's bytes give an IllegalArgumentException or a BufferUnderflowException. */
    static Hello hello(ByteBuffer from) {
        if (from.getInt() != MAGIC) {
            throw new IllegalArgumentException("it does not speak this protocol");
        }
        int version = from.getInt();
        if (version != Hello.VERSION) {
            return new Hello(version, new Membership("", "", 0, 1), Lane.PROMPT);
        }
        int rank = from.getInt();
        int size = from.getInt();
        Lane lane = LANES.read(from);
        return new Hello(version, new Membership(string(from), string(from), rank, size), lane);
    }

    static ByteBuffer notice(Kind kind, String reason) {
        byte[] text = utf8(reason);
        ByteBuffer to = buffer(1 + 4 + text.length);
        return to.put(KINDS.of(kind)).putInt(text.length).put(text).flip();
    }

    static ByteBuffer reply(boolean welcome, String reason) {
        byte[] text = utf8(reason);
        ByteBuffer to = buffer(1 + 4 + text.length);
        return to.put((byte) (welcome ? 1 : 0)).putInt(text.length).put(text).flip();
    }

    /** The kind of the message at the position of {@code from}. */
    static Kind kind(ByteBuffer from) {
        return KINDS.read(from.order(ByteOrder.LITTLE_ENDIAN));
    }

    static ByteBuf offer(Turn turn, Offer offer, ByteBufAllocator allocator) {
        byte[] what = utf8(offer.call().what());
        int bytes = 27 + what.length + offer.floats().length * Float.BYTES + offer.doubles().length * Double.BYTES;
        ByteBuf buffer = allocator.directBuffer(bytes, bytes);
        ByteBuffer to = buffer.nioBuffer(0, bytes).order(ByteOrder.LITTLE_ENDIAN);
        Call call = offer.call();
        to.put(KINDS.of(Kind.OFFER));
        to.put(SEQUENCES.of(turn.sequence())).putInt(turn.number());
        to.put(VERBS.of(call.verb())).putInt(call.root()).putInt(call.length());
        to.putInt(what.length).put(what);
        to.putInt(offer.floats().length).putInt(offer.doubles().length);
        to.asFloatBuffer().put(offer.floats());
        to.position(to.position() + offer.floats().length * Float.BYTES);
        to.asDoubleBuffer().put(offer.doubles());
        return buffer.writerIndex(bytes);
    }

    static Turn turn(ByteBuffer from) {
        return new Turn(SEQUENCES.read(from), from.getInt());
    }

    /** Reads what follows the turn. */
    static Offer offer(ByteBuffer from) {
        Call.Verb verb = VERBS.read(from);
        int root = from.getInt();
        int length = from.getInt();
        Call call = new Call(string(from), verb, root, length);
        int floatCount = from.getInt();
        int doubleCount = from.getInt();
        requireRest(from, (long) floatCount * Float.BYTES + (long) doubleCount * Double.BYTES);
        float[] floats = new float[floatCount];
        from.asFloatBuffer().get(floats);
        from.position(from.position() + floatCount * Float.BYTES);
        double[] doubles = new double[doubleCount];
        from.asDoubleBuffer().get(doubles);
        return new Offer(call, floats, doubles);
    }

    static ByteBuffer piece(Piece piece) {
        ByteBuffer to = buffer(10);
        to.put(SEQUENCES.of(piece.turn().sequence())).putInt(piece.turn().number());
        return to.put(PIECES.of(piece.kind())).putInt(piece.index()).flip();
    }

    static Piece piece(ByteBuffer from) {
        from.order(ByteOrder.LITTLE_ENDIAN);
        return new Piece(turn(from), PIECES.read(from), from.getInt());
    }

    static String string(ByteBuffer from) {
        int length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new IllegalArgumentException(
                    "a text of %d bytes in a message that has %d more".formatted(length, from.remaining()));
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void requireRest(ByteBuffer from, long bytes) {
        if (bytes != from.remaining()) {
            throw new IllegalArgumentException(
                    "an offer of %d bytes in a message that has %d more".formatted(bytes, from.remaining()));
        }
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
