package io.squadron.driver.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads an event file from the public description, with Google's own reader of fields and a CRC of its own. */
final class EventFile {
    /** @param what "version", "session" or the tag of a scalar */
    record Event(double time, long step, String what, double value) {}

    private EventFile() {}

    static List<Event> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(bytes.position(), length);
            byte[] data = new byte[Math.toIntExact(bytes.getLong())];
            assertThat(bytes.getInt()).as("checksum of the length").isEqualTo(masked(length));
            bytes.get(data);
            assertThat(bytes.getInt()).as("checksum of the data").isEqualTo(masked(data));
            events.add(event(CodedInputStream.newInstance(data)));
        }
        return events;
    }

    private static Event event(CodedInputStream in) throws IOException {
        double time = Double.NaN;
        long step = -1;
        Event found = new Event(0, 0, "nothing", 0);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> time = in.readDouble();
                case 2 -> step = in.readInt64();
                case 3 -> found = new Event(0, 0, in.readString(), 0);
                case 5 -> found = summary(CodedInputStream.newInstance(in.readByteArray()));
                case 7 -> found = session(CodedInputStream.newInstance(in.readByteArray()));
                default -> throw new IOException("field " + tag);
            }
        }
        return new Event(time, step, found.what(), found.value());
    }

    private static Event summary(CodedInputStream in) throws IOException {
        assertThat(WireFormat.getTagFieldNumber(in.readTag()))
                .as("Summary.value")
                .isEqualTo(1);
        CodedInputStream value = CodedInputStream.newInstance(in.readByteArray());
        assertThat(WireFormat.getTagFieldNumber(value.readTag()))
                .as("Value.tag")
                .isEqualTo(1);
        String tag = value.readString();
        assertThat(WireFormat.getTagFieldNumber(value.readTag()))
                .as("Value.simple_value")
                .isEqualTo(2);
        return new Event(0, 0, tag, value.readFloat());
    }

    private static Event session(CodedInputStream in) throws IOException {
        assertThat(WireFormat.getTagFieldNumber(in.readTag()))
                .as("SessionLog.status")
                .isEqualTo(1);
        return new Event(0, 0, "session", in.readInt32());
    }

    /** CRC-32C bit by bit (polynomial 0x1EDC6F41, reflected), masked. */
    static int masked(byte[] bytes) {
        int crc = ~0;
        for (byte each : bytes) {
            crc ^= each & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ (0x82F63B78 & -(crc & 1));
            }
        }
        crc = ~crc;
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }
}
