package io.squadron.image.jpeg;

/**
 * One table of codes (T.81, annex C and F.2.2.3) as a lookup by the next bits. For short codes whose value's extra bits are
 * also within the lookup, an entry holds the decoded coefficient itself.
 *
 * <pre>
 *   entry    bits 0-3  bits to consume, 0: the code is longer than the lookup
 *            bit 4     whether bits 16-31 are the coefficient
 *            bits 8-15 the symbol, or with bit 4 the run of zeros before the coefficient
 * </pre>
 */
final class HuffmanTable {
    static final int LOOKUP = 10;
    static final int WHOLE = 16;
    private static final int LONGEST = 16;

    final int[] entries = new int[1 << LOOKUP];
    /** The symbols alone: length times 256 plus symbol; 0 where the code is longer. */
    private final short[] known = new short[1 << LOOKUP];

    /** By length: one more than the largest code of it, left-aligned to 16 bits; codes ascend with their length. */
    private final int[] limits = new int[LONGEST + 2];

    private final int[] offsets = new int[LONGEST + 1];
    private final byte[] symbols;

    /** {@code counts[i]} symbols have codes of {@code i + 1} bits. */
    HuffmanTable(int[] counts, byte[] symbols) {
        this.symbols = symbols;
        int code = 0;
        int next = 0;
        for (int length = 1; length <= LONGEST; length++) {
            offsets[length] = next - code;
            for (int i = 0; i < counts[length - 1]; i++) {
                if (length <= LOOKUP) {
                    enter(code, length, symbols[next] & 0xFF);
                }
                code++;
                next++;
            }
            if (code > 1 << length) {
                throw Damage.of("a Huffman table has more codes of %d bits than there are", length);
            }
            limits[length] = code << (LONGEST - length);
            code <<= 1;
        }
        limits[LONGEST + 1] = Integer.MAX_VALUE;
    }

    private void enter(int code, int length, int symbol) {
        int free = LOOKUP - length;
        int size = symbol & 15;
        if ((code << free) + (1 << free) > entries.length) {
            throw Damage.of("a Huffman table has more codes of %d bits than there are", length);
        }
        for (int rest = 0; rest < 1 << free; rest++) {
            int entry = symbol << 8 | length;
            if (size > 0 && size <= free) {
                int value = extend(rest >> (free - size), size);
                entry = value << 16 | (symbol >> 4) << 8 | WHOLE | (length + size);
            }
            entries[(code << free) + rest] = entry;
            known[(code << free) + rest] = (short) (length << 8 | symbol);
        }
    }

    /** The number that {@code size} bits stand for (T.81, F.2.2.1). */
    static int extend(int bits, int size) {
        return bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
    }

    /** Length times 256 plus the symbol of the code with which 16 bits begin; length 17 when there is none such. */
    int find(int bits) {
        int brief = known[bits >> (LONGEST - LOOKUP)];
        if (brief != 0) {
            return brief;
        }
        int length = LOOKUP + 1;
        while (bits >= limits[length]) {
            length++;
        }
        int symbol = length > LONGEST ? 0 : symbols[offsets[length] + (bits >> (LONGEST - length))] & 0xFF;
        return length << 8 | symbol;
    }
}
