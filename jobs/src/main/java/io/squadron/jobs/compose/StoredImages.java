package io.squadron.jobs.compose;

import io.squadron.dataset.DatasetIndex;
import io.squadron.image.Decoder;
import io.squadron.image.Image;
import io.squadron.storage.Storage;

/** Single images of a dataset, as they are stored, without any transform. */
record StoredImages(Storage storage, DatasetIndex index) {
    Image image(int position) {
        String shard = Storage.child(index.directory(), index.shardNames().get(index.shards()[position]));
        return Decoder.standard()
                .decode(storage.readRange(shard, index.offsets()[position], index.lengths()[position]));
    }
}
