package io.squadron.jobs.compose;

import io.squadron.dataset.DatasetIndex;
import io.squadron.image.Decoder;
import io.squadron.image.Image;
import io.squadron.image.Picture;
import io.squadron.storage.Storage;

/** Single images of a dataset, as they are stored, without any transform. */
record StoredImages(Storage storage, DatasetIndex index) {
    /** As training sees it: decoded as far as it is asked for. */
    Picture picture(int position) {
        return Decoder.standard().open(file(position));
    }

    Image image(int position) {
        return Decoder.standard().decode(file(position));
    }

    private byte[] file(int position) {
        String shard = Storage.child(index.directory(), index.shardNames().get(index.shards()[position]));
        return storage.readRange(shard, index.offsets()[position], index.lengths()[position]);
    }
}
