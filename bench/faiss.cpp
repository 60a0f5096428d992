// The two indexes of FAISS that searching is measured against, as C functions: see faiss.sh.
#include <faiss/IndexFlat.h>
#include <faiss/IndexScalarQuantizer.h>
#include <omp.h>

#include <cstdint>

extern "C" {

// Every number in single precision; nearest by inner product. Null when there is no memory.
void* memu_faiss_flat(int dimension) {
    try {
        return new faiss::IndexFlat(dimension, faiss::METRIC_INNER_PRODUCT);
    } catch (...) {
        return nullptr;
    }
}

// Eight bits a number, trained with the vectors themselves; nearest by inner product of what is left of them. Null when there is no memory.
void* memu_faiss_sq8(int dimension) {
    try {
        return new faiss::IndexScalarQuantizer(dimension, faiss::ScalarQuantizer::QT_8bit, faiss::METRIC_INNER_PRODUCT);
    } catch (...) {
        return nullptr;
    }
}

// Trains and fills an index. 0 when all went well.
int memu_faiss_add(void* index, int64_t count, const float* rows) {
    try {
        auto filled = static_cast<faiss::Index*>(index);
        filled->train(count, rows);
        filled->add(count, rows);
        return 0;
    } catch (...) {
        return 1;
    }
}

// One question, answered by the calling thread alone. 0 when all went well.
int memu_faiss_search(void* index, const float* question, int64_t top, float* scores, int64_t* numbers) {
    try {
        omp_set_num_threads(1);
        static_cast<faiss::Index*>(index)->search(1, question, top, scores, numbers);
        return 0;
    } catch (...) {
        return 1;
    }
}

void memu_faiss_free(void* index) { delete static_cast<faiss::Index*>(index); }
}
