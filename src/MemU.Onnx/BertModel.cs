using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.Tokenizers;

namespace MemU.Onnx;

/// <summary>
/// A BERT-like model with its WordPiece vocabulary, ready to be run. What is wrong with either is told of when it is loaded, in the words of
/// whoever asked for it. Thread-safe.
/// </summary>
internal sealed class BertModel : IDisposable
{
    private const string Ids = "input_ids", Mask = "attention_mask", Types = "token_type_ids";

    private readonly InferenceSession session;
    private readonly BertTokenizer tokenizer;
    private readonly string use;
    private readonly bool lowerCase;

    // The runtime's own memory: whoever let go of it during a run would take the process down.
    private readonly ReaderWriterLockSlim running = new();
    private bool isDisposed;

    private BertModel(InferenceSession session, BertTokenizer tokenizer, int pieces, string name, string use, bool lowerCase) =>
        (this.session, this.tokenizer, Pieces, Name, this.use, this.lowerCase) = (session, tokenizer, pieces, name, use, lowerCase);

    /// <summary>The token that stands before every row.</summary>
    public int Start => tokenizer.ClassificationTokenId;

    /// <summary>The token that stands after every text.</summary>
    public int Separator => tokenizer.SeparatorTokenId;

    /// <summary>How many pieces the vocabulary has.</summary>
    public int Pieces { get; }

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>What it gives: the rank of each output by its name, in order.</summary>
    public IReadOnlyList<(string Name, int Rank)> Outputs => [.. session.OutputNames.Select(n => (n, session.OutputMetadata[n].Dimensions.Length))];

    /// <param name="model">The ONNX file, or its bytes.</param>
    /// <param name="vocabulary">The file <c>vocab.txt</c>, or its bytes.</param>
    /// <param name="use">What the model is for: <c>reranker</c>.</param>
    /// <param name="lowerCase">Whether the vocabulary knows small letters only.</param>
    /// <param name="threads">Threads for one run; null for one a core.</param>
    /// <exception cref="ArgumentException">A file does not exist or is not what it should be.</exception>
    public static BertModel Load(ModelPart model, ModelPart vocabulary, string use, bool lowerCase, int? threads)
    {
        model.MustExist("model", use);
        vocabulary.MustExist("vocabulary", use);
        var tokenizer = Words(vocabulary, lowerCase);
        var session = Session(model, threads);
        try
        {
            Check(session, model, use);
            return new BertModel(session, tokenizer, vocabulary.CountLines(), model.Name, use, lowerCase);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The tokens of a text, without marks. Models that know small letters only know none with accents either: they are folded here, since the tokenizer
    /// cannot in a program without the system's Unicode library.
    /// </summary>
    public IReadOnlyList<int> Tokens(string text, int most = int.MaxValue) =>
        tokenizer.EncodeToIds(lowerCase ? Text.Tokenizer.Fold(text) : text, most, addSpecialTokens: false, out _, out _);

    /// <summary>Runs rows of tokens at once and reads one output.</summary>
    /// <param name="rows">The tokens, a text each.</param>
    /// <param name="secondAt">Where a row's second text begins; null when there is one text a row.</param>
    /// <param name="output">Which output.</param>
    /// <param name="read">Reads the output while it is there.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="InvalidOperationException">The model fails.</exception>
    /// <exception cref="ObjectDisposedException">The model was let go of.</exception>
    public T Run<T>(IReadOnlyList<int[]> rows, IReadOnlyList<int>? secondAt, string output, Func<DenseTensor<float>, T> read, CancellationToken cancellationToken)
    {
        int[] shape = [rows.Count, rows.Max(r => r.Length)];
        DenseTensor<long> ids = new(shape), mask = new(shape), types = new(shape);
        ids.Fill(tokenizer.PaddingTokenId);
        foreach (var (row, tokens) in rows.Index())
        {
            for (var at = 0; at < tokens.Length; at++)
            {
                (ids[row, at], mask[row, at], types[row, at]) = (tokens[at], 1, secondAt is not null && at >= secondAt[row] ? 1 : 0);
            }
        }

        List<NamedOnnxValue> inputs = [NamedOnnxValue.CreateFromTensor(Ids, ids), NamedOnnxValue.CreateFromTensor(Mask, mask)];
        if (session.InputMetadata.ContainsKey(Types))
        {
            inputs.Add(NamedOnnxValue.CreateFromTensor(Types, types));
        }

        using var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using var stop = cancellationToken.Register(() => options.Terminate = true);
        running.EnterReadLock();
        try
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            using var outputs = session.Run(inputs, [output], options);
            return read(outputs[0].AsTensor<float>() as DenseTensor<float> ?? outputs[0].AsTensor<float>().ToDenseTensor());
        }
        catch (OnnxRuntimeException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException(
                $"The {use} '{Name}' failed on {shape[0]} texts of {shape[1]} tokens. If it takes fewer tokens, set MaxTokens: {e.Message}", e);
        }
        finally
        {
            running.ExitReadLock();
        }
    }

    /// <summary>Waits for what is running, and lets go of the model.</summary>
    public void Dispose()
    {
        running.EnterWriteLock();
        try
        {
            if (!isDisposed)
            {
                isDisposed = true;
                session.Dispose();
            }
        }
        finally
        {
            running.ExitWriteLock();
        }
    }

    private static BertTokenizer Words(ModelPart vocabulary, bool lowerCase)
    {
        try
        {
            // What people wrote is words: a text that holds "[SEP]" must not look like two.
            using var stream = vocabulary.Open();
            return BertTokenizer.Create(stream, new BertOptions { LowerCaseBeforeTokenization = lowerCase, SplitOnSpecialTokens = false });
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ArgumentException(
                $"'{vocabulary.Name}' is no WordPiece vocabulary ({e.Message}). It is a text file, one piece a line, with [CLS], [SEP], [PAD], [MASK] and [UNK].", nameof(vocabulary), e);
        }
    }

    private static InferenceSession Session(ModelPart model, int? threads)
    {
        // What goes wrong is an exception; the runtime's own lines on stderr would say it twice.
        using var settings = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        if (threads is { } number)
        {
            settings.IntraOpNumThreads = number;
        }

        try
        {
            return model.Path is { } path ? new InferenceSession(path, settings) : new InferenceSession(model.Bytes, settings);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ArgumentException($"'{model.Name}' is no ONNX model that can be run here: {e.Message}", nameof(model), e);
        }
    }

    private static void Check(InferenceSession session, ModelPart model, string use)
    {
        var inputs = session.InputMetadata.Keys.Order(StringComparer.Ordinal).ToList();
        var unknown = inputs.Except([Ids, Mask, Types]).ToList();
        if (!inputs.Contains(Ids) || !inputs.Contains(Mask) || unknown.Count > 0 || inputs.Any(i => session.InputMetadata[i].ElementType != typeof(long)))
        {
            throw new ArgumentException(
                $"The model '{model.Name}' takes {string.Join(", ", inputs.Select(i => $"{i} ({session.InputMetadata[i].ElementType?.Name})"))}. "
                + $"This {use} takes {Ids}, {Mask} and, if it tells two texts apart, {Types}, all whole numbers of 64 bits.", nameof(model));
        }

        if (session.OutputMetadata[session.OutputNames[0]].ElementType is var type && type != typeof(float))
        {
            throw new ArgumentException($"The model '{model.Name}' gives {type?.Name}; this {use} gives 32-bit floats.", nameof(model));
        }
    }
}
