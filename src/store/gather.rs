//! Rows on their way to their buckets. Few rows are held in memory, many in temporary files, so that memory does not grow with the study.

use std::fs::File;
use std::io::{BufReader, BufWriter, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{Array, AsArray, RecordBatch, UInt32Array};
use arrow::compute::{concat_batches, take_record_batch};
use arrow::datatypes::Schema;
use arrow::error::ArrowError;
use arrow::ipc::reader::StreamReader;
use arrow::ipc::writer::StreamWriter;

use super::error::StoreError;
use super::layout::bucket_of;

/// So many bytes are held before they are put away.
const HELD: usize = 32 << 20;

/// Rows put in the order of their buckets.
pub struct Split {
    batch: RecordBatch,
    /// The row after the last of each bucket.
    ends: Vec<usize>,
}

impl Split {
    /// Puts rows in the order of their buckets; rows of one bucket keep theirs. The first column holds respondents' ids.
    ///
    /// # Errors
    /// [`ArrowError`] where the rows cannot be put in order.
    pub fn of(batch: RecordBatch, buckets: u32) -> Result<Split, ArrowError> {
        if buckets <= 1 {
            let ends = vec![batch.num_rows()];
            return Ok(Split { batch, ends });
        }
        let respondents = batch.column(0).as_string::<i32>();
        let of_row: Vec<u32> =
            (0..respondents.len()).map(|row| bucket_of(respondents.value(row), buckets)).collect();
        let mut starts = vec![0; buckets as usize + 1];
        of_row.iter().for_each(|bucket| starts[*bucket as usize + 1] += 1);
        for bucket in 0..buckets as usize {
            starts[bucket + 1] += starts[bucket];
        }
        let ends = starts[1..].to_vec();
        let mut order = vec![0; of_row.len()];
        for (row, bucket) in (0u32..).zip(&of_row) {
            let place = &mut starts[*bucket as usize];
            order[*place] = row;
            *place += 1;
        }
        Ok(Split { batch: take_record_batch(&batch, &UInt32Array::from(order))?, ends })
    }
}

/// Rows of an instrument, by bucket.
pub struct Gather {
    folder: PathBuf,
    schema: Arc<Schema>,
    buckets: Vec<Pending>,
    held: usize,
}

#[derive(Default)]
struct Pending {
    batches: Vec<RecordBatch>,
    away: Option<StreamWriter<BufWriter<File>>>,
}

impl Gather {
    /// Rows with the columns of `schema`, the first of which holds the respondents' ids. What does not stay in memory goes to
    /// unnamed files in `folder`, which are gone when this is.
    pub fn new(folder: &Path, schema: Arc<Schema>, buckets: u32) -> Gather {
        let buckets = (0..buckets.max(1)).map(|_| Pending::default()).collect();
        Gather { folder: folder.to_owned(), schema, buckets, held: 0 }
    }

    /// # Errors
    /// [`StoreError`] where rows cannot be put away.
    pub fn add(&mut self, split: Split) -> Result<(), StoreError> {
        self.held += split.batch.get_array_memory_size();
        let mut start = 0;
        for (pending, end) in self.buckets.iter_mut().zip(split.ends) {
            if end > start {
                pending.batches.push(split.batch.slice(start, end - start));
            }
            start = end;
        }
        match self.held > HELD {
            true => self.put_away(),
            false => Ok(()),
        }
    }

    fn put_away(&mut self) -> Result<(), StoreError> {
        for pending in self.buckets.iter_mut().filter(|pending| !pending.batches.is_empty()) {
            let batch =
                concat_batches(&self.schema, &pending.batches).map_err(|error| away(&self.folder, error))?;
            pending.batches.clear();
            let writer = match &mut pending.away {
                Some(writer) => writer,
                none => {
                    let file = tempfile::tempfile_in(&self.folder)
                        .map_err(StoreError::file(&self.folder, "rows cannot be put away in it"))?;
                    let writer = StreamWriter::try_new(BufWriter::new(file), &self.schema);
                    none.insert(writer.map_err(|error| away(&self.folder, error))?)
                }
            };
            writer.write(&batch).map_err(|error| away(&self.folder, error))?;
        }
        self.held = 0;
        Ok(())
    }

    /// Every bucket with its rows in the order in which they came.
    pub fn into_buckets(self) -> Vec<Gathered> {
        let Gather { folder, schema, buckets, .. } = self;
        let gathered = buckets.into_iter().map(|pending| Gathered {
            folder: folder.clone(),
            schema: schema.clone(),
            pending,
        });
        gathered.collect()
    }
}

/// The rows of one bucket.
pub struct Gathered {
    folder: PathBuf,
    schema: Arc<Schema>,
    pending: Pending,
}

impl Gathered {
    /// # Errors
    /// [`StoreError`] where what was put away cannot be read back.
    pub fn load(self) -> Result<RecordBatch, StoreError> {
        let failed = |error| away(&self.folder, error);
        let mut batches = Vec::new();
        if let Some(writer) = self.pending.away {
            let buffered = writer.into_inner().map_err(failed)?;
            let read = |buffered: BufWriter<File>| -> std::io::Result<File> {
                let mut file = buffered.into_inner().map_err(std::io::IntoInnerError::into_error)?;
                file.rewind()?;
                Ok(file)
            };
            let file =
                read(buffered).map_err(StoreError::file(&self.folder, "rows put away in it are lost"))?;
            let reader = StreamReader::try_new(BufReader::new(file), None).map_err(failed)?;
            for batch in reader {
                batches.push(batch.map_err(failed)?);
            }
        }
        batches.extend(self.pending.batches);
        concat_batches(&self.schema, &batches).map_err(failed)
    }
}

fn away(folder: &Path, error: ArrowError) -> StoreError {
    let error = std::io::Error::other(error.to_string());
    StoreError::file(folder, "rows cannot be put away in it and read back")(error)
}
