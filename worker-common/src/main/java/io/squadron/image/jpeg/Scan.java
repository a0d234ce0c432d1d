package io.squadron.image.jpeg;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * One pass over some colours.
 *
 * @param first position in the zigzag of the first coefficient
 * @param last of the last
 * @param high bits known already, in a progressive picture
 * @param low bits still left out
 * @param start first byte of its data
 */
record Scan(List<Part> parts, int first, int last, int high, int low, int start) {
    /** A colour with its tables. */
    record Part(Component component, Optional<HuffmanTable> direct, Optional<HuffmanTable> alternating) {
        HuffmanTable directTable() {
            return direct.orElseThrow(() -> Damage.of("a scan without its Huffman table"));
        }

        HuffmanTable alternatingTable() {
            return alternating.orElseThrow(() -> Damage.of("a scan without its Huffman table"));
        }
    }

    boolean single() {
        return parts.size() == 1;
    }

    /** Units in a row: blocks of a single colour, else groups of the blocks of all. */
    int unitsAcross(Frame frame) {
        return single() ? parts.get(0).component().columns : frame.unitsAcross();
    }

    int unitsDown(Frame frame) {
        return single() ? parts.get(0).component().rows : frame.unitsDown();
    }

    void check(Frame frame) {
        if (parts.isEmpty() || parts.size() > 4) {
            throw Damage.of("a scan of %d colours", parts.size());
        }
        HashSet<Integer> ids = new HashSet<>();
        int blocks = 0;
        for (Part each : parts) {
            Component component = each.component();
            if (!ids.add(component.id)) {
                throw Damage.of("a scan with colour %d twice", component.id);
            }
            if (component.table.length == 0) {
                throw Damage.of("colour %d has no table of quanta", component.id);
            }
            blocks += component.across * component.down;
        }
        if (!single() && blocks > 10) {
            throw Damage.of("a scan of %d blocks at a time", blocks);
        }
        if (frame.coding() == Frame.Coding.PROGRESSIVE) {
            checkProgression();
        }
    }

    private void checkProgression() {
        boolean order = first <= last && last <= 63 && (first == 0 ? last == 0 : single());
        boolean bits = low <= 13 && (high == 0 || high == low + 1);
        if (!order || !bits) {
            throw Damage.of("a scan of coefficients %d to %d, bits %d to %d", first, last, high, low);
        }
    }
}
