package io.squadron.image.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of a scan's entropy-coded data: stuffed zeros removed, restart markers checked. Where the data ends too soon it
 * gives zeros, and {@link #check} tells.
 */
final class Entropy {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    /** Bits that there are at least after a refill: the longest code and the longest value. */
    private static final int ENOUGH = 32;

    private final byte[] data;
    private int position;
    /** The lowest {@code count} bits are those to come. */
    private long buffer;

    private int count;
    /** How many bits at the end of the buffer were made up. */
    private int padding;

    Entropy(byte[] data, int position) {
        this.data = data;
        this.position = position;
    }

    /** Fails when bits were used that were not there. */
    void check() {
        if (count < padding) {
            throw Damage.cutShort("its data end at byte %d of %d, before the picture does", position, data.length);
        }
    }

    /** Where the marker after this scan's data begins, or the end of the file. */
    int end() {
        int at = position;
        while (at + 1 < data.length && (data[at] != -1 || data[at + 1] == 0 || data[at + 1] == -1)) {
            at++;
        }
        return at + 1 < data.length ? at : data.length;
    }

    /** Goes on after the restart marker number {@code number}, modulo 8. */
    void restart(int number) {
        int at = end();
        if (at + 1 >= data.length) {
            throw Damage.cutShort("its data end after %d bytes, before the picture does", data.length);
        }
        if ((data[at + 1] & 0xFF) != 0xD0 + (number & 7)) {
            throw Damage.of("byte %d is not the restart marker that is due there", at);
        }
        position = at + 2;
        buffer = 0;
        count = 0;
        padding = 0;
    }

    private void refill() {
        if (position + 4 <= data.length) {
            int word = (int) INT.get(data, position);
            // Whether one of the four bytes is 255: the usual test for a zero byte, of the complement.
            if (((~word - 0x01010101) & word & 0x80808080) == 0) {
                buffer = buffer << 32 | (word & 0xFFFFFFFFL);
                count += 32;
                position += 4;
                return;
            }
        }
        while (count < ENOUGH) {
            buffer = buffer << 8 | next();
            count += 8;
        }
    }

    private int next() {
        if (position < data.length) {
            int value = data[position] & 0xFF;
            if (value != 0xFF) {
                position++;
                return value;
            }
            if (position + 1 < data.length && data[position + 1] == 0) {
                position += 2;
                return value;
            }
        }
        padding += 8;
        return 0;
    }

    int bit() {
        return bits(1);
    }

    /** The next {@code size} bits, at most 16. */
    int bits(int size) {
        if (count < ENOUGH) {
            refill();
        }
        count -= size;
        return (int) (buffer >>> count) & ((1 << size) - 1);
    }

    /** The value of {@code size} bits. */
    int value(int size) {
        return size == 0 ? 0 : HuffmanTable.extend(bits(size), size);
    }

    int symbol(HuffmanTable table) {
        if (count < ENOUGH) {
            refill();
        }
        int bits = (int) (buffer >>> (count - 16)) & 0xFFFF;
        int found = table.find(bits);
        if (found >> 8 > 16) {
            throw Damage.of("no Huffman code before byte %d", position);
        }
        count -= found >> 8;
        return found & 0xFF;
    }

    /**
     * The 63 other coefficients of a block, times their quantum, to their places. Returns the position in the zigzag of
     * the last one.
     */
    int alternating(HuffmanTable table, int[] quanta, int[] block) {
        int[] entries = table.entries;
        long bits = buffer;
        int left = count;
        int k = 1;
        int last = 0;
        while (k < 64) {
            if (left < ENOUGH) {
                buffer = bits;
                count = left;
                refill();
                bits = buffer;
                left = count;
            }
            int entry = entries[(int) (bits >>> (left - HuffmanTable.LOOKUP)) & ((1 << HuffmanTable.LOOKUP) - 1)];
            int value;
            if ((entry & HuffmanTable.WHOLE) != 0) {
                left -= entry & 15;
                k += entry >> 8 & 0xFF;
                value = entry >> 16;
            } else {
                int symbol = entry >> 8;
                if (entry == 0) {
                    buffer = bits;
                    count = left;
                    symbol = symbol(table);
                    left = count;
                } else {
                    left -= entry & 15;
                }
                int size = symbol & 15;
                if (size == 0) {
                    if (symbol != 0xF0) {
                        break; // the end of the block
                    }
                    k += 16;
                    continue;
                }
                k += symbol >> 4;
                left -= size;
                value = HuffmanTable.extend((int) (bits >>> left) & ((1 << size) - 1), size);
            }
            last = k;
            block[Zigzag.NATURAL[k]] = value * quanta[k];
            k++;
        }
        buffer = bits;
        count = left;
        if (k > 64) {
            throw Damage.of("a block of more than 64 coefficients before byte %d", position);
        }
        return last;
    }

    /** As {@link #alternating}, of a block that nobody wants to see. */
    void skipAlternating(HuffmanTable table) {
        int[] entries = table.entries;
        long bits = buffer;
        int left = count;
        int k = 1;
        while (k < 64) {
            if (left < ENOUGH) {
                buffer = bits;
                count = left;
                refill();
                bits = buffer;
                left = count;
            }
            int entry = entries[(int) (bits >>> (left - HuffmanTable.LOOKUP)) & ((1 << HuffmanTable.LOOKUP) - 1)];
            if ((entry & HuffmanTable.WHOLE) != 0) {
                left -= entry & 15;
                k += (entry >> 8 & 0xFF) + 1;
                continue;
            }
            int symbol = entry >> 8;
            if (entry == 0) {
                buffer = bits;
                count = left;
                symbol = symbol(table);
                left = count;
            } else {
                left -= entry & 15;
            }
            if ((symbol & 15) == 0 && symbol != 0xF0) {
                break; // the end of the block
            }
            left -= symbol & 15;
            k += (symbol >> 4) + 1;
        }
        buffer = bits;
        count = left;
        if (k > 64) {
            throw Damage.of("a block of more than 64 coefficients before byte %d", position);
        }
    }
}
