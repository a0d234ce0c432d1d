package io.squadron.driver.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.collective.Wire;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WireTest {
    @ParameterizedTest
    @CsvSource({
        "3f800000, 3f800000",
        "3f807fff, 3f800000",
        "3f808000, 3f800000",
        "3f808001, 3f810000",
        "3f818000, 3f820000",
        "bf818000, bf820000",
        "7f7fffff, 7f800000",
        "ff800000, ff800000",
        "80000000, 80000000",
        "7f800001, 7fc00000",
        "00000001, 00000000"
    })
    void bfloat16RoundsToTheNearestAndTiesToEven(String from, String to) {
        float[] values = {Float.intBitsToFloat(Integer.parseUnsignedInt(from, 16))};
        Wire.BFLOAT16.round(values, 0, 1);
        assertThat(Integer.toHexString(Float.floatToRawIntBits(values[0])))
                .as("%s rounded", from)
                .isEqualTo(Integer.toHexString(Integer.parseUnsignedInt(to, 16)));
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void valuesComeThroughHoweverTheSocketCutsThem(Wire wire) {
        float[] sent = SameBitsTest.values(1000, 3);
        wire.round(sent, 0, sent.length);
        ByteBuffer bytes = ByteBuffer.allocateDirect(sent.length * wire.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        wire.write(sent, 0, sent.length, bytes);
        for (int cut = 1; cut < 12; cut++) {
            float[] got = new float[sent.length + 2];
            Inlet inlet = new Inlet(wire, Inlet.Target.replace(got, wire), 1, sent.length, () -> {});
            for (int at = 0; at < bytes.capacity(); at += cut) {
                inlet.onData("", bytes.slice(at, Math.min(cut, bytes.capacity() - at)));
            }
            inlet.onComplete("");
            assertThat(java.util.Arrays.copyOfRange(got, 1, 1 + sent.length))
                    .as("cut into %d bytes", cut)
                    .isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void whatIsAddedAsItComesIsTheSumHoweverTheSocketCutsIt(Wire wire) {
        float[] sent = SameBitsTest.values(5000, 3);
        float[] own = SameBitsTest.values(5000, 4);
        wire.round(sent, 0, sent.length);
        ByteBuffer bytes = ByteBuffer.allocateDirect(sent.length * wire.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        wire.write(sent, 0, sent.length, bytes);
        for (int cut : new int[] {1, 7, 8193, bytes.capacity()}) {
            float[] sum = own.clone();
            Inlet inlet = new Inlet(wire, Inlet.Target.add(sum, wire), 0, sent.length, () -> {});
            for (int at = 0; at < bytes.capacity(); at += cut) {
                inlet.onData("", bytes.slice(at, Math.min(cut, bytes.capacity() - at)));
            }
            inlet.onComplete("");
            for (int i = 0; i < sum.length; i++) {
                assertThat(sum[i]).as("value %d, cut into %d bytes", i, cut).isEqualTo(own[i] + sent[i]);
            }
        }
    }

    @Test
    void anAddressIsReadAsItIsWritten() {
        Address address = new Address("fe80::1", 4000, 4001);
        assertThat(Address.parse(address.toString())).isEqualTo(address);
    }
}
