namespace MemU.Storage;

/// <summary>Which state of a space somebody holds. Two equal versions are the same rows.</summary>
/// <param name="Epoch">Changes when the space is erased and written anew, or replaced by other rows: whatever was held of it before is worth nothing.</param>
/// <param name="Revision">Grows with every commit; 0 before the first.</param>
public readonly record struct SpaceVersion(long Epoch, long Revision);
